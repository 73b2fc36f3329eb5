prepbook.data("contents/root", {"chapters":[]});
