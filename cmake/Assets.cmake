function(torv_embed_assets out)
    set(${out} "" PARENT_SCOPE)
endfunction()
