//! Every kind of mistake: its name, its default level, and one sentence on what it means. The one table
//! of default severities.

/// What a kind of mistake counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Stops publication.
    Error,
    /// Reported; stops publication under `--strict`.
    Warning,
    /// Reported only.
    Note,
    /// Not reported.
    Off,
}

impl Level {
    /// Reads a level as written in `book.toml`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "error" => Some(Self::Error),
            "warn" | "warning" => Some(Self::Warning),
            "note" => Some(Self::Note),
            "off" | "allow" => Some(Self::Off),
            _ => None,
        }
    }

    /// The word that is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Off => "off",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $level:ident $meaning:literal)*) => {
        /// A kind of mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// All kinds, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name that is printed and that `[lints]` uses.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it counts as unless `[lints]` says otherwise.
            #[must_use]
            pub fn default_level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// What there is to know about it, with an example that fails and one that is mended: the
            /// Markdown of `docs/codes`, where each code has its file.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => {
                        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes/", $name, ".md"))
                    })*
                }
            }
        }
    };
}

codes! {
    AlertUnknown "alert/unknown" Warning "A quote starts like an alert and is none: its kind does not exist, or more stands on its line."
    CalcNoSource "calc/no-source" Error "An input of a calculation does not say where it comes from."
    CalcSyntax "calc/syntax" Error "An item of a calculation cannot be read."
    CalcUnknownName "calc/unknown-name" Error "An expression uses a name that no input or earlier result has."
    CalcWrongResult "calc/wrong-result" Error "A stated result is not what the calculation gives."
    ChecklistDuplicateKey "checklist/duplicate-key" Error "Two items of a checklist have one key, so they would share a tick."
    ChecklistTicked "checklist/ticked" Warning "An item of a checklist is ticked off in the source, or has no box to tick."
    ClaimNoSource "claim/no-source" Error "An official claim does not name its source."
    ClaimNoStanding "claim/no-standing" Error "A claim does not say whether it is official, reported or advice."
    CodeBadAttribute "code/bad-attribute" Error "An attribute of a code fence has a value of the wrong form."
    CodeBadLines "code/bad-lines" Error "A line range of a code fence does not fit the code."
    CodeDiagram "code/diagram" Note "A diagram or formula is not drawn and is shown as code."
    CodeMissingFile "code/missing-file" Error "A code fence includes a file that is not there."
    CodeMissingRegion "code/missing-region" Error "A code fence includes a region that the file does not have."
    CodeNotHighlighted "code/not-highlighted" Note "A code block is too large to be highlighted and is shown plain."
    CodeUnclosed "code/unclosed" Warning "A code fence is never closed, so what follows it is code."
    CodeUnknownAttribute "code/unknown-attribute" Warning "A code fence has an attribute that means nothing."
    CodeUnknownLanguage "code/unknown-language" Warning "No grammar is known for the language of a code fence."
    ConfigBadValue "config/bad-value" Error "A value in book.toml is of the right type but not possible."
    ConfigIgnoredKey "config/ignored-key" Note "A key of mdBook's that means nothing to prepbook."
    ConfigMissingSource "config/missing-source" Error "The source folder of the book is not there."
    ConfigMisspeltKey "config/misspelt-key" Error "A key in book.toml is one letter off a known one."
    ConfigNoHistory "config/no-history" Note "last-updated finds no history to take dates from."
    ConfigSyntax "config/syntax" Error "book.toml is not valid TOML."
    ConfigUnknownKey "config/unknown-key" Warning "A key in book.toml that is not known."
    ConfigWrongType "config/wrong-type" Error "A value in book.toml is of the wrong type."
    DataBadValue "data/bad-value" Error "A value in a file of data is of the right type but not possible."
    DataMissingFile "data/missing-file" Error "A directive names a file of data that is not there or of another kind."
    DataMissingKey "data/missing-key" Error "An entry in a file of data lacks a key that it needs."
    DataMisspeltKey "data/misspelt-key" Error "A key in a file of data is one letter off a known one."
    DataSyntax "data/syntax" Error "A file of data is not valid YAML."
    DataTooLarge "data/too-large" Error "A file of data is too large to be read."
    DataUnknownKey "data/unknown-key" Warning "A key in a file of data that is not known."
    DataUnused "data/unused" Warning "A file of data is shown by no page, or its name is only nearly one that is read."
    DataWrongType "data/wrong-type" Error "A value in a file of data is of the wrong type."
    DirectiveBadValue "directive/bad-value" Error "An attribute of a directive has a value of the wrong form."
    DirectiveCrossing "directive/crossing" Error "A directive opens and closes at different depths of a list or quote."
    DirectiveInsideFootnote "directive/inside-footnote" Error "A directive stands inside a footnote definition."
    DirectiveInsideHtml "directive/inside-html" Error "A directive stands inside a block of raw HTML."
    DirectiveMisplaced "directive/misplaced" Error "A directive or its content stands where its surroundings give it no meaning."
    DirectiveNotAlone "directive/not-alone" Error "A line of colons stands behind a list or quote marker, where it opens nothing."
    DirectiveSyntax "directive/syntax" Error "The opening line of a directive is not of the form `:::name[Title]{key=value}`."
    DirectiveUnclosed "directive/unclosed" Error "A directive is never closed."
    DirectiveUnknown "directive/unknown" Error "No directive has this name."
    DirectiveUnknownKey "directive/unknown-key" Error "A directive has an attribute that it does not know."
    DirectiveUnopened "directive/unopened" Error "A directive is closed that was never opened."
    DrillNoAnswer "drill/no-answer" Error "A drill has no answer."
    DrillPartsSum "drill/parts-sum" Error "The parts of a drill do not add up to its minutes, or the percentages of its rubric to 100."
    FileCaseClash "file/case-clash" Warning "Two names differ only in case or in how accents are encoded; not every file system keeps them apart."
    FileNameNotUtf8 "file/name-not-utf8" Error "A file's name is not valid UTF-8."
    FileNotUtf8 "file/not-utf8" Error "A file's text is not valid UTF-8."
    FileReservedName "file/reserved-name" Warning "A name that Windows reserves or cannot store."
    FileSymlink "file/symlink" Error "A symbolic link leads out of the book, into a folder or nowhere."
    FileUnreadable "file/unreadable" Error "A file cannot be read."
    FileUnused "file/unused" Off "Nothing in the book refers to a file that is published with it."
    FootnoteDuplicate "footnote/duplicate" Warning "A footnote is defined twice on a page."
    FootnoteUndefined "footnote/undefined" Warning "A footnote is referred to but not defined."
    FootnoteUnused "footnote/unused" Warning "A footnote is defined but never referred to."
    FrontMatterBadValue "front-matter/bad-value" Error "A value in the front matter is of the right type but not possible."
    FrontMatterMisplaced "front-matter/misplaced" Warning "Front matter that does not start on the first line is shown as text."
    FrontMatterMisspeltKey "front-matter/misspelt-key" Error "A key in the front matter is one letter off a known one."
    FrontMatterSyntax "front-matter/syntax" Error "The front matter is not valid YAML."
    FrontMatterUnclosed "front-matter/unclosed" Error "The front matter opens with --- but never closes."
    FrontMatterUnknownKey "front-matter/unknown-key" Warning "A key in the front matter that is not known."
    FrontMatterWrongType "front-matter/wrong-type" Error "A value in the front matter is of the wrong type."
    HeadingBraces "heading/braces" Warning "What stands in braces behind a heading is neither an id nor a class, and is not shown."
    HeadingDuplicateId "heading/duplicate-id" Error "An id is given to two things on one page."
    HeadingSecondTitle "heading/second-title" Off "A page has a second heading of level 1."
    HeadingSkippedLevel "heading/skipped-level" Off "A heading is two levels or more below the one before it."
    HtmlBlocked "html/blocked" Warning "Raw HTML that the published page forbids the browser to run, load or apply."
    HtmlRaw "html/raw" Off "A page contains raw HTML."
    HtmlTooManyAttributes "html/too-many-attributes" Error "A tag of raw HTML has so many attributes that it is not read."
    ImageMissingAlt "image/missing-alt" Off "An image has no alternative text."
    ImageRemote "image/remote" Warning "An image on another site, which the published page forbids the browser to load."
    ImageUnreadable "image/unreadable" Warning "An image's width and height cannot be found out."
    IncludeCycle "include/cycle" Error "A file includes itself, directly or through others."
    IncludeMissing "include/missing" Error "An included Markdown file is not there."
    IncludeTooMuch "include/too-much" Error "A page takes in too much from other files: too deep, too many files or too much text."
    LinkBadScheme "link/bad-scheme" Error "A link would run script in the reader's browser."
    LinkDraft "link/draft" Warning "A link leads to a draft, which is not published."
    LinkDuplicateReference "link/duplicate-reference" Warning "A reference is defined again with another target, which has no effect."
    LinkEmptyTarget "link/empty-target" Warning "A link or image without a target."
    LinkEmptyText "link/empty-text" Warning "A link without text, which nobody can see or press."
    LinkMissingAnchor "link/missing-anchor" Error "A link names a heading, id or line that its target does not have."
    LinkMissingFile "link/missing-file" Error "A link or image names a file that is not in the book."
    LinkMissingPage "link/missing-page" Error "A link names a page that is not in the book."
    LinkOutsideBook "link/outside-book" Error "A link leads to a file outside the book's source folder."
    LinkPublishedPath "link/published-path" Note "A link names the published path, without its number, instead of the file's."
    LinkUndefinedReference "link/undefined-reference" Warning "A reference link has no definition and is shown as text."
    LinkUnusedReference "link/unused-reference" Off "A reference is defined but never used."
    LinkVagueText "link/vague-text" Off "A link's text, such as “here”, does not say where it leads."
    LinkWrongCase "link/wrong-case" Warning "A link differs from the file's name in case."
    MarkdownTooDeep "markdown/too-deep" Error "Quotes or lists nest so deep that the rest of a line is shown as text."
    MdbookTemplate "mdbook/template" Warning "mdBook's {{#…}} is not understood and is shown as text."
    ModelCycle "model/cycle" Error "A trust boundary would be around itself."
    ModelDuplicateId "model/duplicate-id" Error "Two things in a threat model have one id."
    ModelInside "model/inside" Error "An element or boundary lies inside a boundary that it does not belong to."
    ModelLetter "model/letter" Error "A letter of STRIDE does not fit the place that a threat is on."
    ModelOverlap "model/overlap" Error "Two elements of a threat model stand in one cell."
    ModelRank "model/rank" Error "Ranks of threats are not unique, not complete, or against impact and likelihood."
    ModelResponse "model/response" Error "A threat lacks what its response asks for: a mitigation, a test, what remains."
    ModelUncoveredFlow "model/uncovered-flow" Error "A flow crosses a trust boundary and no threat is on it."
    ModelUnknownId "model/unknown-id" Error "A threat model names an element, flow or boundary that it does not have."
    PageBadUrl "page/bad-url" Error "A page or file has an address that cannot be stored, or lies below another file's."
    PageDuplicateNumber "page/duplicate-number" Warning "Two entries of a folder have the same number."
    PageDuplicateUrl "page/duplicate-url" Error "Two pages or files would be published at one address."
    PageOrphan "page/orphan" Off "No other page links to a page in its text."
    PageReservedUrl "page/reserved-url" Error "A page would be published at an address that prepbook needs itself."
    PlanDayMinutes "plan/day-minutes" Error "A day of a plan takes more or less time than a day has."
    PlanDayOrder "plan/day-order" Error "The days of a plan do not follow each other."
    PracticeBadId "practice/bad-id" Error "An id is not of the form that ids have."
    PracticeBadTime "practice/bad-time" Error "An item of a timed list does not start with a time."
    PracticeDuplicateId "practice/duplicate-id" Error "Two things in the book have one id."
    PracticeMissingId "practice/missing-id" Error "Preparation material has no id."
    PracticeMissingPart "practice/missing-part" Error "Preparation material lacks a part that it needs."
    PracticeSameTitle "practice/same-title" Warning "Two things of one kind on a page have one title."
    PracticeUncovered "practice/uncovered" Warning "No story is told for a principle, or nothing practises a topic."
    PracticeUnknownId "practice/unknown-id" Error "An id stands for nothing in the book, or for something of another kind."
    PracticeUnknownLabel "practice/unknown-label" Error "A label is nearly one that its directive knows, or stands there twice."
    PracticeUnknownPrinciple "practice/unknown-principle" Error "A principle is not in the list that book.toml has."
    PracticeUnknownTopic "practice/unknown-topic" Error "A topic is not in the list that book.toml has."
    ProseBannedPhrase "prose/banned-phrase" Warning "A phrase that `banned-phrases` in book.toml does not want."
    ProseDuplicateParagraph "prose/duplicate-paragraph" Off "A paragraph of more than 40 words stands in the book twice."
    QuestionNoWrong "question/no-wrong" Error "A question has no tempting wrong answer."
    QuestionSimilar "question/similar" Warning "Two questions are nearly the same."
    QuestionThin "question/thin" Error "The outline of a question's answer says too little."
    QuestionsNone "questions/none" Error "A query matches no question of the book."
    RedirectBad "redirect/bad" Error "A redirect's old address cannot be used."
    RedirectMissingTarget "redirect/missing-target" Error "An old address leads to something that is not in the site."
    RefNotHttps "ref/not-https" Error "The address of a reference is no https address."
    RefUnknown "ref/unknown" Error "A reference is cited that is not listed."
    RefUnused "ref/unused" Warning "A reference is listed and never cited."
    ReviewAnchor "review/anchor" Error "The text that a finding is about does not stand in the sample exactly once."
    ReviewGivesAway "review/gives-away" Error "A comment in the sample of a review gives an answer away."
    ReviewLine "review/line" Error "A finding names another line than its text is on."
    ReviewMissingFile "review/missing-file" Error "The sample or the fixed version of a review is not there."
    ReviewNoFix "review/no-fix" Error "A finding does not say how it is fixed."
    ReviewNoSample "review/no-sample" Error "A review has no code to look at."
    ReviewNobodyHarmed "review/nobody-harmed" Error "A finding does not say who is harmed."
    ReviewUnknownCwe "review/unknown-cwe" Error "A CWE id does not exist or is deprecated."
    SecretLiveLooking "secret/live-looking" Warning "A text looks like a real key, token or password."
    SimulationGap "simulation/gap" Error "The segments of a simulation do not follow each other, or a cue lies outside its segment."
    SimulationHalves "simulation/halves" Error "The technical and the behavioural half of a simulation do not meet at a border."
    SimulationLength "simulation/length" Error "The segments of a simulation do not add up to its minutes."
    SimulationPrinciples "simulation/principles" Error "A simulation does not ask for two or three principles."
    StoryFewI "story/few-i" Error "A story says “we” as often as “I”."
    StoryMetrics "story/metrics" Error "A story has fewer than two metrics, or one without a number."
    StoryNoNumber "story/no-number" Error "The result of a story has no number."
    StoryPartLength "story/part-length" Error "A part of a story is too long or too short for its time."
    StoryTotalLength "story/total-length" Error "A story as a whole is too long or too short."
    StoryWe "story/we" Warning "“We” acts in a story, where an interviewer asks what you did."
    SummaryBadEntry "summary/bad-entry" Error "An entry of SUMMARY.md is not a link to a page of the book."
    SummaryDuplicate "summary/duplicate" Error "SUMMARY.md names a page twice."
    SummaryIgnoredText "summary/ignored-text" Warning "A text in SUMMARY.md that is no link is not in the contents."
    SummaryUnlisted "summary/unlisted" Note "A page is not named in SUMMARY.md, so it is not in the contents."
    TableNoHeader "table/no-header" Off "A table has no header cell with a text in it."
    TermUnknown "term/unknown" Error "A term is not in the glossary."
    TermUnused "term/unused" Warning "A term is in the glossary and nothing uses it."
    TestCompilerWarning "test/compiler-warning" Note "The compiler warns of something in the guide's code."
    TestDoesNotCompile "test/does-not-compile" Error "The guide's code does not compile."
    TestFailed "test/failed" Error "A test of the guide's code, or a sample marked `run`, fails."
    TestNotRun "test/not-run" Warning "Code is marked `run`, or named like a test, and there is nothing in it that can be run."
    TestRunnerMissing "test/runner-missing" Warning "What is needed to run some of the guide's code is not there, so it was skipped."
    TestSkipped "test/skipped" Warning "A test of the guide's code says that it is to be skipped."
    TestTimeout "test/timeout" Error "The guide's code was stopped because it took too long."
    TestUnpinned "test/unpinned" Warning "A line of requirements.txt does not name one version, so it is not installed."
    TextBidiControl "text/bidi-control" Warning "A control character makes text read in another order than it is stored."
    TextInvisible "text/invisible" Warning "A character that nobody can see, where it means nothing."
    ThemeBadFile "theme/bad-file" Error "A theme's theme.toml or one of its files of strings is wrong, or the theme is not complete."
    ThemeOddText "theme/odd-text" Warning "A text of the interface is empty, has a brace that is no placeholder, or a form that its language has not."
    ThemeTemplate "theme/template" Error "A template is wrong or cannot be rendered."
    ThemeUnknownFile "theme/unknown-file" Warning "A file in the book's theme folder that nothing uses."
    ThemeUnknownProperty "theme/unknown-property" Warning "A style sheet of the book's sets or uses a custom property that is nearly one of the theme's."
    ThemeUntranslated "theme/untranslated" Note "The theme does not speak the book's language, or not all of it."
    TreeNoCost "tree/no-cost" Error "A step of an attack tree has no cost, or one that follows from the steps below it."
    TreeUnknownThreat "tree/unknown-threat" Error "A step of an attack tree stands for a threat that its model does not have."
}

impl Code {
    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn names_are_sorted_unique_and_of_one_form() {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.is_sorted() && names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        for name in names {
            let (area, rest) = name.split_once('/').expect("area/what");
            let plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            assert!(plain(area) && plain(rest), "{name}");
        }
    }
}
