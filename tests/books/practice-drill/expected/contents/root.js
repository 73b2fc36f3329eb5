prepbook.data("contents/root", {"chapters":[{"title":"In lists, tabs and notes","url":"listing.html","part":null,"file":null}]});
