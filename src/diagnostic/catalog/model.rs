//! What is wrong with threat models, attack trees and files of data.

use super::{maybe_help, missing, nearest_is, unknown};
use crate::diagnostic::{Code, Diagnostic, Ids, Place, Thing};

pub fn data_syntax(place: Place, what: &str, message: &str, help: Option<&str>) -> Diagnostic {
    // The parser's words for its own limits are of no use to an author.
    let unfolds = message.contains("budget breached") || message.contains("weak recursion");
    if unfolds || message.contains("recursion limit") {
        let why = if unfolds { "its aliases unfold into too much" } else { "it nests too deep" };
        return Diagnostic::new(Code::DataSyntax, place, format!("{what} cannot be read: {why}"))
            .help("write it out, with fewer levels");
    }
    let diagnostic = Diagnostic::new(Code::DataSyntax, place, format!("{what} is not valid YAML: {message}"));
    maybe_help(diagnostic, help.map(str::to_owned))
}

pub fn data_missing_key(place: Place, key: &str, what: &str) -> Diagnostic {
    let missing = missing(&place, [key]);
    Diagnostic::new(Code::DataMissingKey, place, format!("{what} has no `{key}`")).lacks(missing)
}

pub fn questions_missing(place: Place) -> Diagnostic {
    data_missing_key(place, "questions", "the question bank")
        .help("a bank is a list: write `questions:`, and below it each question behind a `-`")
}

pub fn data_too_large(place: Place, most: usize) -> Diagnostic {
    Diagnostic::new(Code::DataTooLarge, place, "this file is too large to be read as data")
        .help(format!("at most {} MiB: split it", most / (1024 * 1024)))
}

pub fn data_missing_file(place: Place, file: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(Diagnostic::new(Code::DataMissingFile, place, format!("there is no file `{file}`")), nearest_is(near))
        .hides([shown()])
}

/// That a file of data is shown somewhere.
fn shown() -> Thing {
    Thing::Use("a file of data".to_owned())
}

pub fn data_unshown(place: Place, what: &str, name: &str, file: &str) -> Diagnostic {
    let unread = [shown(), Thing::AnyUse, Thing::All(Ids::Material)];
    Diagnostic::new(Code::DataUnused, place, format!("no page shows {what}"))
        .help(format!("show it by a line :::{name}{{src={file}}}"))
        .lacks(unread)
}

pub fn data_misnamed(place: Place, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::DataUnused, place, "nothing reads this file: files of data are known by their names")
        .help(format!("call it `{meant}`"))
        .lacks([shown()])
}

pub fn data_twice(place: Place, file: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeDuplicateId, place, format!("`{file}` is shown on this page already"))
        .help("link to it instead: its ids stand for one thing")
}

pub fn data_wrong_name(place: Place, file: &str, ending: &str) -> Diagnostic {
    Diagnostic::new(Code::DataMissingFile, place, format!("`{file}` cannot be shown here"))
        .help(format!("the names of such files end in {ending}"))
        .hides([shown()])
}

pub fn model_unknown_id(place: Place, what: &str, id: &str, near: Option<&str>) -> Diagnostic {
    let crossings = Thing::Crossings(place.path.clone());
    maybe_help(
        Diagnostic::new(Code::ModelUnknownId, place, format!("the model has no {what} `{id}`")),
        nearest_is(near),
    )
    .hides([crossings])
    .lacks([Thing::Id(id.to_owned())])
}

pub fn model_duplicate_id(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::ModelDuplicateId, place, format!("the model has two of `{id}`")).note(first, "the other")
}

pub fn model_cycle(place: Place, id: &str) -> Diagnostic {
    Diagnostic::new(Code::ModelCycle, place, format!("the boundary `{id}` would be around itself"))
}

pub fn model_too_large(place: Place, most: usize, of: &str) -> Diagnostic {
    Diagnostic::new(Code::DataTooLarge, place, format!("a threat model has at most {most} {of}"))
        .help("make two of it: one for each boundary that matters")
}

pub fn model_bad_id(place: Place, id: &str) -> Diagnostic {
    let meant: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    Diagnostic::new(Code::PracticeBadId, place, format!("`{id}` cannot be an id"))
        .hides([Thing::Id(id.to_owned()), Thing::Id(meant)])
        .help("ids in a model are letters, digits and hyphens, such as E1 or U12")
}

pub fn model_no_rank(place: Place, threat: &str) -> Diagnostic {
    Diagnostic::new(Code::ModelRank, place, format!("{threat} has no rank, and others have one"))
        .help("give every threat a rank from 1, or none")
}

pub fn model_self_flow(place: Place) -> Diagnostic {
    let missing = missing(&place, ["from", "to"]);
    Diagnostic::new(Code::ModelUnknownId, place, "this flow goes nowhere")
        .help("a flow has two stops or more")
        .lacks(missing)
}

pub fn model_uncovered_flow(place: Place, flow: &str, boundaries: &str) -> Diagnostic {
    let crossings = Thing::Crossings(place.path.clone());
    Diagnostic::new(Code::ModelUncoveredFlow, place, format!("{flow} crosses {boundaries}, and no threat is on it"))
        .help("find what can go wrong there; “nothing” is an answer too: a threat with `response: accept`")
        .lacks([crossings])
}

pub fn model_letter(place: Place, letter: char, word: &str, on: &str, fitting: &str) -> Diagnostic {
    Diagnostic::new(Code::ModelLetter, place, format!("{letter} ({word}) does not fit {on}"))
        .help(format!("what fits is {fitting}; or name the element that it happens to"))
}

pub fn model_bad_letter(place: Place, letters: &str, meant: &str) -> Diagnostic {
    let no = if letters.contains(',') { "are no letters" } else { "is no letter" };
    Diagnostic::new(Code::ModelLetter, place, format!("`{letters}` {no} of STRIDE")).help(match meant {
        "" => "write letters such as S or [T, I]".to_owned(),
        _ => format!("letters are capitals: {meant}"),
    })
}

pub fn model_response(place: Place, threat: &str, response: &str, missing_key: &str, why: &str) -> Diagnostic {
    let missing = missing(&place, [missing_key]);
    Diagnostic::new(Code::ModelResponse, place, format!("{threat} is to {response}, and has no `{missing_key}`"))
        .help(why.to_owned())
        .lacks(missing)
}

pub fn model_rank_twice(place: Place, rank: usize, first: Place) -> Diagnostic {
    Diagnostic::new(Code::ModelRank, place, format!("two threats have rank {rank}")).note(first, "the other")
}

pub fn model_rank_order(place: Place, threat: &str, above: &str) -> Diagnostic {
    Diagnostic::new(Code::ModelRank, place, format!("{threat} ranks above {above}, which is likelier or harms more"))
        .help("change a rank, or impact and likelihood; or leave ranks out")
}

pub fn model_rank_range(place: Place, rank: i64, threats: usize) -> Diagnostic {
    Diagnostic::new(Code::ModelRank, place, format!("`{rank}` is no rank: there are {threats} threats"))
        .help("give every threat a rank from 1, or none")
}

pub fn model_overlap(place: Place, first: &str, second: &str) -> Diagnostic {
    Diagnostic::new(Code::ModelOverlap, place, format!("{second} stands on {first}"))
        .help("give it another cell: `at: [column, row]`")
}

pub fn model_inside(place: Place, element: &str, boundary: &str) -> Diagnostic {
    Diagnostic::new(Code::ModelInside, place, format!("{element} lies inside {boundary}, to which it does not belong"))
        .help(format!("move it, or write `in: {boundary}`"))
}

pub fn model_crossing(place: Place, first: &str, second: &str) -> Diagnostic {
    Diagnostic::new(Code::ModelInside, place, format!("{first} and {second} overlap, and neither is in the other"))
        .help("move their elements apart, or nest one with `in`")
}

pub fn model_empty_boundary(place: Place, id: &str) -> Diagnostic {
    let missing = missing(&place, ["crossed-by"]);
    Diagnostic::new(Code::ModelUnknownId, place, format!("nothing is in {id}, and nothing crosses it"))
        .help("put elements into it with `in`, or name flows in `crossed-by`")
        .lacks(missing)
}

pub fn tree_no_cost(place: Place) -> Diagnostic {
    let wanted = if place.path.extension() == "md" { "{cost=3}" } else { "cost: 3" };
    let missing = missing(&place, ["cost"]);
    Diagnostic::new(Code::TreeNoCost, place, "this step has no cost")
        .help(format!("without it the cheapest way cannot be found: {wanted}"))
        .lacks(missing)
}

pub fn tree_too_deep(place: Place, most: usize) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, format!("an attack tree has at most {most} levels"))
        .help("make a tree of its own of what is below this step")
}

pub fn tree_no_step(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TreeNoCost, place, "this step says nothing").help("say what the attacker does")
}

pub fn tree_inner_threat(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TreeUnknownThreat, place, "a step with steps below it stands for no threat")
        .help("name threats at the steps below")
}

pub fn tree_needless_cost(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TreeNoCost, place, "the cost of this step follows from the steps below it")
        .help("take it out")
}

pub fn tree_unknown_threat(place: Place, threat: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(
        Diagnostic::new(Code::TreeUnknownThreat, place, format!("the model has no threat `{threat}`")),
        nearest_is(near),
    )
    .lacks(unknown(threat, near, Ids::Threat))
}

pub fn tree_no_model(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TreeUnknownThreat, place, "a threat is named, and no threat model")
        .help("say model=ID on the attack tree")
}
