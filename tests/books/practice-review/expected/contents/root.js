prepbook.data("contents/root", {"chapters":[{"title":"In a list","url":"nested.html","part":null,"file":null}]});
