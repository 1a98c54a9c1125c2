#include <doctest/doctest.h>
#include <stdio.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace {

constexpr const char* kList = "src/platform/html/refused.txt";

std::vector<std::string> lines_of(const std::string& file) {
    std::vector<std::string> lines;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line[0] != '#') lines.push_back(line);
    return lines;
}

/// Lines of the program that the compiler complains of, directly or as the place from where it came
/// to the fault inside html.hpp.
std::set<int> refused_lines(const std::string& program) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("torv-refused-" + std::to_string(::getpid()) + ".cpp");
    std::ofstream(file) << program;
    const std::string command =
        "LC_ALL=C c++ -std=c++23 -fsyntax-only -fno-diagnostics-show-caret -Isrc " + file.string() +
        " 2>&1";
    std::set<int> refused;
    {
        const std::unique_ptr<FILE, int (*)(FILE*)> run(::popen(command.c_str(), "r"), ::pclose);
        char buffer[4096];
        while (::fgets(buffer, sizeof buffer, run.get())) {
            const std::string line = buffer;
            if (!line.starts_with(file.string() + ":") || line.find(": note:") != line.npos)
                continue;
            refused.insert(std::stoi(line.substr(file.string().size() + 1)));
        }
    }
    std::filesystem::remove(file);
    return refused;
}

}  // namespace

TEST_CASE("a place that cannot be made safe does not compile") {
    const auto lines = lines_of(kList);
    REQUIRE(lines.size() > 40);
    std::string program = "#include \"platform/html/html.hpp\"\n";
    program += "using namespace torv; void f(html::Out& out, std::string s) {\n";
    for (const std::string& line : lines)
        program += "{ " + line.substr(line.starts_with("ok: ") ? 4 : 0) + " }\n";
    const auto refused = refused_lines(program + "}\n");
    for (std::size_t i = 0; i < lines.size(); ++i)
        CHECK_MESSAGE(refused.contains(static_cast<int>(i) + 3) != lines[i].starts_with("ok: "),
                      lines[i]);
}
