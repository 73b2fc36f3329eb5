prepbook.data("contents/root", {"chapters":[{"title":"The bank","url":"bank.html","part":null,"file":null},{"title":"An hour, half and half","url":"hour.html","part":null,"file":null}]});
