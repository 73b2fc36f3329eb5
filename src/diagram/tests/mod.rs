//! Small diagrams to what must hold for their drawings.

mod check;
mod random;

use super::*;

fn element(id: &str, name: &str, at: (u32, u32)) -> Element {
    let kind = match id.as_bytes().first() {
        Some(b'E') => ElementKind::External,
        Some(b'S') => ElementKind::Store,
        _ => ElementKind::Process,
    };
    Element { id: id.to_owned(), name: name.to_owned(), kind, at }
}

fn flow(number: usize, stops: &[usize]) -> Flow {
    let label = "records, HTTPS".to_owned();
    Flow { id: format!("F{number}"), number, stops: stops.to_vec(), label, both_ways: number.is_multiple_of(4) }
}

fn boundary(id: &str, parent: Option<usize>, members: &[usize]) -> Boundary {
    let name = "Cloud account".to_owned();
    Boundary { id: id.to_owned(), name, parent, members: members.to_vec(), crossed_by: Vec::new() }
}

fn captions() -> Captions {
    let (title, description) = ("Upload".to_owned(), "Data flows of an upload".to_owned());
    Captions { id_prefix: "dfd-1".to_owned(), title, description }
}

/// Three elements in a row, with a flow between the first two.
fn row() -> Diagram {
    Diagram {
        elements: vec![element("E1", "Browser", (0, 0)), element("P1", "API", (1, 0)), element("S1", "Files", (2, 0))],
        flows: vec![flow(1, &[0, 1])],
        boundaries: Vec::new(),
    }
}

#[test]
fn an_empty_diagram_is_drawn() {
    let drawn = svg(&Diagram::default(), &captions());
    assert!(drawn.starts_with("<svg ") && drawn.ends_with("</svg>\n"), "{drawn}");
    assert!(drawn.contains("viewBox=\"0 0 16 16\""), "{drawn}");
}

#[test]
fn one_element_is_drawn() {
    let diagram = Diagram { elements: vec![element("P1", "API", (3, 7))], ..Diagram::default() };
    check::all(&diagram);
    assert!(svg(&diagram, &captions()).contains("data-id=\"P1\""));
}

#[test]
fn the_svg_names_itself() {
    let drawn = svg(&row(), &captions());
    for part in [
        "role=\"img\"",
        "aria-labelledby=\"dfd-1-title dfd-1-desc\"",
        "<title id=\"dfd-1-title\">Upload</title>",
        "<desc id=\"dfd-1-desc\">Data flows of an upload</desc>",
        "<g class=\"dfd-flow\" data-id=\"F1\"><title>F1 records, HTTPS</title>",
        "<g class=\"dfd-element dfd-external\" data-id=\"E1\"><title>E1 Browser</title>",
        "<g class=\"dfd-element dfd-process\"",
        "<g class=\"dfd-element dfd-store\"",
    ] {
        assert!(drawn.contains(part), "{part} is not in {drawn}");
    }
    assert!(!drawn.contains("style"), "{drawn}");
}

#[test]
fn texts_are_escaped() {
    let mut diagram = row();
    diagram.elements[0].name = "a <b>&\"c\"\u{1}".to_owned();
    diagram.elements[1].id = "P\"1".to_owned();
    diagram.flows[0].label = "<&\"'>".to_owned();
    let mut captions = captions();
    captions.id_prefix = "x\"y".to_owned();
    captions.title = "1 < 2".to_owned();
    let drawn = svg(&diagram, &captions);
    assert!(drawn.contains("<title>E1 a &lt;b&gt;&amp;&quot;c&quot;\u{fffd}</title>"), "{drawn}");
    assert!(drawn.contains("data-id=\"P&quot;1\""), "{drawn}");
    assert!(drawn.contains("F1 &lt;&amp;&quot;&#39;&gt;"), "{drawn}");
    assert!(drawn.contains("<title id=\"x&quot;y-title\">1 &lt; 2</title>"), "{drawn}");
    assert!(!drawn.contains("<b>"), "{drawn}");
}

#[test]
fn names_are_wrapped_and_cut() {
    let wide = |text: &str| text::wrap(text, 1200, 3);
    assert_eq!(wide("Upload API"), ["Upload API"]);
    assert_eq!(wide("Content delivery network"), ["Content delivery", "network"]);
    assert_eq!(wide("a"), ["a"]);
    assert!(wide("").is_empty());
    let long = wide("Donaudampfschifffahrtsgesellschaftskapitän");
    assert_eq!(long.len(), 1);
    assert!(long[0].starts_with("Donau") && long[0].ends_with('…'), "{long:?}");
    let many = wide("one two three four five six seven eight nine ten eleven twelve thirteen");
    assert_eq!(many.len(), 3);
    assert!(many[2].ends_with('…'), "{many:?}");
    for line in wide("檔案上傳服務與惡意軟體掃描器以及稽核記錄").iter().chain(&many).chain(&long) {
        assert!(text::width(line) <= 1200, "{line}");
    }
    assert_eq!(wide("檔案上傳服務與惡意軟體").len(), 2);
    assert!(text::width("檔") >= 2 * text::width("n"));
    assert_eq!(text::width("e\u{301}"), text::width("e"));
}

#[test]
fn other_scripts_are_drawn() {
    let mut diagram = row();
    diagram.elements[0].name = "Прикладной сервер".to_owned();
    diagram.elements[1].name = "檔案上傳服務與惡意軟體掃描器以及稽核記錄".to_owned();
    diagram.elements[2].name = "ملفات 👩‍👩‍👧 é̂̂̂".to_owned();
    check::all(&diagram);
    assert!(svg(&diagram, &captions()).contains("檔案上傳服務"));
}

#[test]
fn a_straight_flow_is_one_line() {
    let layout = layout(&row());
    assert_eq!(layout.lines[0].points.len(), 2);
    check::all(&row());
}

#[test]
fn parallel_flows_have_lanes_of_their_own() {
    let mut diagram = row();
    diagram.flows = vec![flow(1, &[0, 1]), flow(2, &[1, 0]), flow(4, &[0, 1])];
    let layout = layout(&diagram);
    let heights: Vec<_> = layout.lines.iter().map(|line| line.points[0].y).collect();
    assert!(layout.lines.iter().all(|line| line.points.len() == 2), "{layout:?}");
    assert_eq!((heights[0] - heights[1]).abs().min((heights[1] - heights[2]).abs()), 200);
    check::all(&diagram);
}

#[test]
fn a_flow_of_several_hops_has_a_number_on_each() {
    let mut diagram = row();
    diagram.flows = vec![flow(8, &[0, 1, 2])];
    let drawn = svg(&diagram, &captions());
    assert_eq!(drawn.matches("<circle ").count(), 2);
    assert_eq!(drawn.matches("dfd-arrow").count(), 4);
    assert_eq!(drawn.matches("data-id=\"F8\"").count(), 1);
}

#[test]
fn a_flow_goes_around_what_is_in_between() {
    let mut diagram = row();
    diagram.flows = vec![flow(1, &[0, 2])];
    assert!(layout(&diagram).lines[0].points.len() > 2);
    check::all(&diagram);
}

#[test]
fn a_flow_to_itself_is_a_loop() {
    let mut diagram = row();
    diagram.flows = vec![flow(1, &[1, 1]), flow(2, &[1, 1]), flow(3, &[0, 1])];
    assert_eq!(layout(&diagram).lines[0].points.len(), 5);
    check::all(&diagram);
}

#[test]
fn gaps_in_the_grid_take_no_room() {
    let mut far = row();
    far.elements[1].at = (4_000_000_000, 4_000_000_000);
    far.elements[2].at = (u32::MAX, 4_000_000_000);
    let mut near = row();
    near.elements[1].at = (1, 1);
    near.elements[2].at = (2, 1);
    assert_eq!(svg(&far, &captions()), svg(&near, &captions()));
    check::all(&far);
}

#[test]
fn elements_in_one_cell_are_set_side_by_side() {
    let mut diagram = row();
    diagram.elements[1].at = (0, 0);
    diagram.elements[2].at = (0, 0);
    let found = problems(&diagram);
    assert_eq!(found.len(), 3);
    assert_eq!(found[0], Problem::Overlap { first: 0, second: 1 });
    check::all(&diagram);
}

#[test]
fn a_stranger_in_a_boundary_is_a_problem() {
    let mut diagram = row();
    diagram.boundaries = vec![boundary("B1", None, &[0, 2])];
    assert_eq!(problems(&diagram), [Problem::Inside { element: 1, boundary: 0 }]);
    diagram.boundaries.push(boundary("B2", Some(0), &[1]));
    assert_eq!(problems(&diagram), []);
    check::all(&diagram);
}

#[test]
fn boundaries_across_each_other_are_a_problem() {
    let mut diagram = row();
    diagram.boundaries = vec![boundary("B1", None, &[0, 1]), boundary("B2", None, &[1, 2])];
    assert_eq!(problems(&diagram), [Problem::Crossing { first: 0, second: 1 }]);
    diagram.boundaries[1].members = vec![2];
    assert_eq!(problems(&diagram), []);
    check::all(&diagram);
}

#[test]
fn nested_boundaries_around_one_element_leave_room_for_titles() {
    let mut diagram = row();
    diagram.boundaries =
        (0..6).map(|n: usize| boundary("B1", n.checked_sub(1), if n == 5 { &[1] } else { &[] })).collect();
    diagram.flows.push(flow(2, &[1, 2]));
    let layout = layout(&diagram);
    assert_eq!(layout.frames.len(), 6);
    assert!(layout.frames.iter().all(|frame| frame.title.is_some()));
    check::all(&diagram);
}

#[test]
fn a_boundary_around_nothing_is_a_bar() {
    let mut diagram = row();
    diagram.flows.push(flow(2, &[1, 2]));
    diagram.boundaries = vec![Boundary { crossed_by: vec![1, 0, 1, 99], ..boundary("B4", None, &[]) }];
    let layout = layout(&diagram);
    assert_eq!(layout.bars.len(), 2);
    assert!(layout.bars.iter().all(|bar| bar.text.is_some()));
    assert_eq!(svg(&diagram, &captions()).matches("dfd-crossing").count(), 2);
    check::all(&diagram);
}

#[test]
fn what_is_out_of_range_is_ignored() {
    let mut diagram = row();
    diagram.flows = vec![flow(1, &[0, 77, 1]), flow(2, &[9]), flow(3, &[]), flow(4, &[0])];
    diagram.boundaries = vec![
        Boundary { crossed_by: vec![usize::MAX], ..boundary("B1", Some(1), &[0, 50]) },
        boundary("B2", Some(0), &[1]),
        boundary("B3", Some(2), &[]),
        boundary("B4", Some(99), &[2]),
    ];
    problems(&diagram);
    let drawn = svg(&diagram, &captions());
    assert!(drawn.contains("data-id=\"F1\"") && !drawn.contains("data-id=\"F2\""), "{drawn}");
}

#[test]
fn a_large_number_stays_in_its_circle() {
    let mut diagram = row();
    diagram.flows[0].number = usize::MAX;
    assert!(svg(&diagram, &captions()).contains("font-size=\"1.3\""));
}
