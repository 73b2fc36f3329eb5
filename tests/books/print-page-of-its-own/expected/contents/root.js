prepbook.data("contents/root", {"chapters":[{"title":"How to print","url":"print.html","part":null,"file":null},{"title":"Not the sheet","url":"print-cram.html","part":null,"file":null}]});
