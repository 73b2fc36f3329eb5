prepbook.data("contents/root", {"chapters":[],"pages":1});
