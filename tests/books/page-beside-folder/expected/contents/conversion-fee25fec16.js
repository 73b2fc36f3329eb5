prepbook.data("contents/conversion", {"url":"conversion.html","entries":[{"title":"From","url":"conversion/from.html","children":[]},{"title":"Into","url":"conversion/into.html","children":[]}]});
