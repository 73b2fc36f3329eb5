//! Books of many pages.

use super::Files;

fn file(files: &mut Files, path: String, text: String) {
    files.insert(format!("guide/{path}"), text.into_bytes());
}

/// Pages of which each refers to a page, a picture, a file and an included one that are not there.
pub fn missing(count: usize) -> Files {
    let mut files = Files::new();
    for at in 0..count {
        let text = format!(
            "# P\n\n[a](page-{at:05}.mdd) [b](pagee-{at:05}.md) ![c](x{at}.png)\n\n```py file=x{at}.py\n```\n\n\
             :::include{{file=i{at}.md}}\n"
        );
        file(&mut files, format!("page-{at:05}.md"), text);
    }
    files
}

/// A table of contents of which no entry is there.
pub fn summary(count: usize) -> Files {
    let mut files = Files::new();
    for at in 0..count {
        file(&mut files, format!("page-{at:05}.md"), "# P\n".to_owned());
    }
    let entries: String = (0..count).map(|at| format!("- [a](pagee-{at:05}.md)\n")).collect();
    file(&mut files, "SUMMARY.md".to_owned(), format!("# S\n\n[Home](README.md)\n\n{entries}"));
    files
}

/// A file that includes another ten times, which includes another ten times …
pub fn include_bomb(levels: usize) -> Files {
    let mut files = Files::new();
    file(&mut files, "page.md".to_owned(), "# T\n\n:::include{file=_0.md}\n".to_owned());
    for level in 0..levels {
        file(&mut files, format!("_{level}.md"), format!(":::include{{file=_{}.md}}\n", level + 1).repeat(10));
    }
    file(&mut files, format!("_{levels}.md"), "boom\n".to_owned());
    files
}

/// A file that includes another, which includes another …
pub fn include_chain(length: usize) -> Files {
    let mut files = Files::new();
    file(&mut files, "page.md".to_owned(), "# T\n\n:::include{file=_0.md}\n".to_owned());
    for at in 0..length {
        file(&mut files, format!("_{at}.md"), format!("## H\n\n:::include{{file=_{}.md}}\n", at + 1));
    }
    file(&mut files, format!("_{length}.md"), "end\n".to_owned());
    files
}

/// The same of pages, each of which is built.
pub fn page_chain(length: usize) -> Files {
    let mut files = Files::new();
    for at in 0..length {
        file(&mut files, format!("p{at}.md"), format!("# P\n\n:::include{{file=p{}.md}}\n", at + 1));
    }
    file(&mut files, format!("p{length}.md"), "end\n".to_owned());
    files
}
