//! The shipped theme, embedded in the binary from `themes/handbook/`. A test compares the list with the
//! folder.

macro_rules! embedded {
    ($($path:literal,)*) => {
        /// Every file of the shipped theme: its path in the theme, and its bytes.
        pub const FILES: &[(&str, &[u8])] = &[
            $(($path, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/handbook/", $path))),)*
        ];
    };
}

embedded! {
    "css/base.css",
    "css/code.css",
    "css/layout.css",
    "css/navigation.css",
    "css/print.css",
    "css/prose.css",
    "css/tokens.css",
    "js/boot.js",
    "js/core/code.js",
    "js/core/namespace.js",
    "js/core/reading.js",
    "js/core/tabs.js",
    "js/core/tree.js",
    "js/elements/copy_button.js",
    "js/elements/drawer.js",
    "js/elements/listing.js",
    "js/elements/outline.js",
    "js/elements/permalink.js",
    "js/elements/registry.js",
    "js/elements/scrollers.js",
    "js/elements/sidebar.js",
    "js/elements/tabs.js",
    "js/elements/theme_switch.js",
    "js/main.js",
    "js/platform/announce.js",
    "js/platform/clipboard.js",
    "js/platform/loader.js",
    "js/platform/store.js",
    "templates/base.html",
    "templates/contents.html",
    "templates/listing.html",
    "templates/not-found.html",
    "templates/page.html",
    "templates/partials/breadcrumbs.html",
    "templates/partials/children.html",
    "templates/partials/contents-list.html",
    "templates/partials/facts.html",
    "templates/partials/footer.html",
    "templates/partials/head.html",
    "templates/partials/header.html",
    "templates/partials/outline.html",
    "templates/partials/pager.html",
    "templates/partials/sidebar.html",
    "templates/redirect.html",
    "theme.toml",
}
