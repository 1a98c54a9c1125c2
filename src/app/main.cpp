#include "app/command.hpp"

int main(int argc, char** argv) { return torv::app::run(argc, argv, TORV_VERSION); }
