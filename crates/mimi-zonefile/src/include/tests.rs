//! Hostile paths, in a folder of their own; each through the kernel and through our own walk.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{CWD, Mode, RenameFlags};
use tempfile::TempDir;

use super::{
    FileKind, IncludeChain, IncludeError, IncludeRoot, IncludedFile, MAX_INCLUDE_DEPTH,
    MAX_INCLUDES,
};

/// Names the root to a process that runs the suite for another test.
const SUITE: &str = "MIMI_INCLUDE_SUITE";

/// A folder with a root in it, and things outside of that.
struct Tree {
    folder: TempDir,
}

impl Tree {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tree = Self { folder };
        fs::create_dir_all(tree.root().join("sub/deeper")).unwrap();
        fs::write(tree.folder.path().join("secret"), "secret").unwrap();
        tree.file("plain", "plain");
        tree.file("sub/inner", "inner");
        tree.file("with blank\u{e9}", "blank");
        tree
    }

    /// With everything that is to be refused.
    fn hostile() -> Self {
        let tree = Self::new();
        tree.link("link-inside", "plain");
        tree.link("sub/link-up", "../plain");
        tree.link("link-folder", "sub");
        tree.link("link-secret", "../secret");
        tree.link("link-file", "/etc/passwd");
        tree.link("link-etc", "/etc");
        tree.link("link-back", "../root/plain");
        tree.link("link-zero", "/dev/zero");
        tree.link("link-dangling", "nothing");
        tree.link("link-self", "link-self");
        tree.link("link-ping", "link-pong");
        tree.link("link-pong", "link-ping");
        tree.link("sub/link-root", "../..");
        rustix::fs::mknodat(
            CWD,
            tree.root().join("pipe"),
            rustix::fs::FileType::Fifo,
            Mode::RUSR | Mode::WUSR,
            0,
        )
        .unwrap();
        drop(UnixListener::bind(tree.root().join("socket")).unwrap());
        tree
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    fn file(&self, name: &str, content: &str) {
        fs::write(self.root().join(name), content).unwrap();
    }

    fn link(&self, name: &str, target: &str) {
        symlink(target, self.root().join(name)).unwrap();
    }
}

/// The root, through the kernel and through our own walk.
fn both(folder: &Path) -> [IncludeRoot; 2] {
    let kernel = IncludeRoot::open(folder).unwrap();
    let mut walk = IncludeRoot::open(folder).unwrap();
    Arc::get_mut(&mut walk.folder).unwrap().ask_kernel = false;
    [kernel, walk]
}

fn start(root: &IncludeRoot) -> IncludeChain {
    root.chain(Path::new("main"), None).unwrap()
}

fn read(root: &IncludeRoot, token: &[u8]) -> Result<String, IncludeError> {
    let octets = start(root).enter(token)?.read()?;
    Ok(String::from_utf8(octets).unwrap())
}

fn code(root: &IncludeRoot, token: impl AsRef<[u8]>) -> &'static str {
    match read(root, token.as_ref()) {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

/// Tokens that must not be read, with what is said about each: by the kernel's way, by the walk.
fn hostile(root: &Path) -> Vec<(Vec<u8>, &'static str, &'static str)> {
    let outside = "include-outside-root";
    let absent = "include-not-found";
    let special = "include-not-regular";
    let bad = "include-bad-path";
    let failed = "include-unreadable";
    let mut tokens: Vec<(Vec<u8>, _, _)> = [
        ("../secret", outside, outside),
        ("..", outside, outside),
        ("sub/../../secret", outside, outside),
        ("sub/../../x", outside, outside),
        ("./../secret", outside, outside),
        ("nothing/../../secret", outside, outside),
        ("../root/plain", outside, outside),
        ("/etc/passwd", outside, outside),
        ("//etc/passwd", outside, outside),
        ("/", outside, outside),
        ("/dev/zero", outside, outside),
        ("/proc/self/root/etc/passwd", outside, outside),
        ("link-secret", outside, special),
        ("link-file", outside, special),
        ("link-etc/passwd", outside, special),
        ("link-back", outside, special),
        ("link-zero", outside, special),
        ("sub/link-root/secret", outside, special),
        ("link-folder/link-root/secret", outside, special),
        ("link-folder/../../secret", outside, outside),
        ("link-etc/../root/plain", outside, special),
        ("link-dangling", absent, special),
        ("link-self", failed, special),
        ("link-ping", failed, special),
        ("nothing", absent, absent),
        ("sub/nothing", absent, absent),
        ("nothing/nothing", absent, absent),
        ("plain/nothing", absent, absent),
        ("nothing/../plain", absent, absent),
        ("pipe", special, special),
        ("socket", special, special),
        ("sub", special, special),
        ("sub/", special, special),
        ("sub/..", special, special),
        (".", special, special),
        ("", bad, bad),
        ("plain\0", bad, bad),
        ("plain\0/../secret", bad, bad),
        ("..\\secret", bad, bad),
    ]
    .map(|(token, kernel, walk)| (token.as_bytes().to_owned(), kernel, walk))
    .into();
    let beside = root.parent().unwrap().join("secret");
    let above = root.join("../secret");
    let twin = format!("{}-twin/plain", root.display());
    for absolute in [beside, above, twin.into()] {
        tokens.push((
            absolute.into_os_string().into_encoded_bytes(),
            outside,
            outside,
        ));
    }
    tokens.push((b"\xff\xfe".into(), absent, absent));
    tokens.push((vec![b'x'; 300], failed, failed));
    tokens.push((b"x/".repeat(2048), absent, absent));
    tokens.push((vec![b'/'; 4097], bad, bad));
    tokens.push((b"../".repeat(1000), outside, outside));
    tokens
}

#[test]
fn reads_files_beneath_the_root() {
    let tree = Tree::new();
    for root in both(&tree.root()) {
        assert_eq!(read(&root, b"plain").unwrap(), "plain");
        assert_eq!(read(&root, b"sub/inner").unwrap(), "inner");
        assert_eq!(read(&root, b"./sub//inner").unwrap(), "inner");
        assert_eq!(read(&root, b"sub/../plain").unwrap(), "plain");
        assert_eq!(read(&root, b"sub/deeper/.././../plain").unwrap(), "plain");
        assert_eq!(read(&root, "with blank\u{e9}".as_bytes()).unwrap(), "blank");
    }
}

#[test]
fn an_absolute_path_beneath_the_root_is_relative_to_it() {
    let tree = Tree::new();
    for root in both(&tree.root()) {
        let token = tree.root().join("sub/inner").into_os_string();
        let file = start(&root).enter(token.as_encoded_bytes()).unwrap();
        assert_eq!(file.path, Path::new("sub/inner"));
        assert_eq!(file.read().unwrap(), b"inner");
    }
}

#[test]
fn a_path_counts_from_the_root_wherever_the_including_file_lies() {
    let tree = Tree::new();
    for root in both(&tree.root()) {
        let mut chain = start(&root);
        chain.enter(b"sub/inner").unwrap();
        assert_eq!(chain.enter(b"plain").unwrap().path, Path::new("plain"));
        assert_eq!(chain.enter(b"inner").unwrap_err(), IncludeError::NotFound);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn links_that_stay_inside_are_followed_by_the_kernel() {
    let tree = Tree::hostile();
    let [root, _] = both(&tree.root());
    for token in ["link-inside", "sub/link-up", "link-folder/link-up"] {
        assert_eq!(read(&root, token.as_bytes()).unwrap(), "plain", "{token}");
    }
    assert_eq!(read(&root, b"link-folder/inner").unwrap(), "inner");
}

#[test]
fn refuses_every_link_where_the_kernel_does_not_help() {
    let tree = Tree::hostile();
    let [_, root] = both(&tree.root());
    for token in ["link-inside", "sub/link-up", "link-folder/inner"] {
        let what = FileKind::Link;
        let error = read(&root, token.as_bytes()).unwrap_err();
        assert_eq!(error, IncludeError::NotRegular { what }, "{token}");
    }
}

#[test]
fn refuses_every_hostile_path() {
    let tree = Tree::hostile();
    let [kernel, walk] = both(&tree.root());
    for (token, by_kernel, by_walk) in hostile(&tree.root()) {
        let text = token.escape_ascii();
        if cfg!(target_os = "linux") {
            assert_eq!(code(&kernel, &token), by_kernel, "{text}");
        }
        assert_eq!(code(&walk, &token), by_walk, "{text}");
    }
}

#[test]
fn refuses_what_is_no_regular_file_without_waiting_for_it() {
    let tree = Tree::hostile();
    for root in both(&tree.root()) {
        for (token, what) in [
            ("pipe", FileKind::Pipe),
            ("socket", FileKind::Socket),
            ("sub", FileKind::Folder),
        ] {
            let error = read(&root, token.as_bytes()).unwrap_err();
            assert_eq!(error, IncludeError::NotRegular { what }, "{token}");
        }
    }
}

#[test]
fn refuses_a_root_that_is_no_folder() {
    let tree = Tree::new();
    assert!(IncludeRoot::open(&tree.root().join("plain")).is_err());
    assert!(IncludeRoot::open(&tree.root().join("nothing")).is_err());
}

#[test]
fn the_root_stays_the_folder_that_was_opened() {
    let tree = Tree::new();
    let roots = both(&tree.root());
    fs::rename(tree.root(), tree.folder.path().join("moved")).unwrap();
    symlink("/etc", tree.root()).unwrap();
    for root in roots {
        assert_eq!(read(&root, b"plain").unwrap(), "plain");
        assert_eq!(code(&root, "passwd"), "include-not-found");
    }
}

#[test]
fn refuses_a_file_that_includes_itself_and_names_the_loop() {
    let tree = Tree::new();
    tree.file("a", "");
    tree.file("b", "");
    for root in both(&tree.root()) {
        let mut chain = start(&root);
        chain.enter(b"plain").unwrap();
        chain.enter(b"a").unwrap();
        let error = chain.enter(b"sub/../a").unwrap_err();
        let files = ["a", "sub/../a"].map(PathBuf::from).into();
        assert_eq!(error, IncludeError::Loop { chain: files });
        chain.enter(b"b").unwrap();
        assert_eq!(
            chain.enter(b"./a").unwrap_err().to_string(),
            "expected a file that is not being read, found a loop: `a` includes `b` includes `./a`"
        );
    }
}

#[test]
fn refuses_to_include_the_first_file_when_it_is_known() {
    let tree = Tree::new();
    let main = File::open(tree.root().join("plain")).unwrap();
    for root in both(&tree.root()) {
        let mut chain = root.chain(Path::new("/x/plain"), Some(&main)).unwrap();
        let error = chain.enter(b"plain").unwrap_err();
        let files = ["/x/plain", "plain"].map(PathBuf::from).into();
        assert_eq!(error, IncludeError::Loop { chain: files });
    }
}

#[test]
fn a_file_may_be_included_twice_one_after_the_other() {
    let tree = Tree::new();
    for root in both(&tree.root()) {
        let mut chain = start(&root);
        for _ in 0..2 {
            chain.enter(b"plain").unwrap();
            chain.leave();
        }
        assert_eq!(chain.depth(), 0);
        chain.leave();
        assert_eq!(chain.depth(), 0);
    }
}

#[test]
fn refuses_the_eleventh_file_inside_one_another() {
    let tree = Tree::new();
    for root in both(&tree.root()) {
        let mut chain = start(&root);
        for depth in 1..=MAX_INCLUDE_DEPTH {
            let name = format!("level{depth}");
            tree.file(&name, "");
            chain.enter(name.as_bytes()).unwrap();
        }
        assert_eq!(chain.enter(b"plain").unwrap_err(), IncludeError::TooDeep);
        chain.leave();
        assert!(chain.enter(b"plain").is_ok());
    }
}

#[test]
fn refuses_more_files_than_the_bound_however_they_include_one_another() {
    let tree = Tree::new();
    let [root, _] = both(&tree.root());
    let mut chain = start(&root);
    for _ in 0..MAX_INCLUDES {
        chain.enter(b"plain").unwrap();
        chain.leave();
    }
    assert_eq!(chain.enter(b"plain").unwrap_err(), IncludeError::TooMany);
}

#[test]
fn refuses_more_octets_than_the_bound_before_reading_them() {
    let tree = Tree::new();
    let half = File::create(tree.root().join("half")).unwrap();
    half.set_len(super::MAX_INCLUDED_OCTETS / 2 + 1).unwrap();
    for root in both(&tree.root()) {
        let mut chain = start(&root);
        chain.enter(b"half").unwrap();
        chain.leave();
        assert_eq!(chain.enter(b"half").unwrap_err(), IncludeError::TooLarge);
        assert!(chain.enter(b"plain").is_ok());
    }
}

#[test]
fn reads_no_more_than_the_file_had_when_it_was_opened() {
    let tree = Tree::new();
    for root in both(&tree.root()) {
        tree.file("growing", "short");
        let file = start(&root).enter(b"growing").unwrap();
        tree.file("growing", "short and longer");
        assert_eq!(file.read().unwrap(), b"short");
    }
}

/// Exchanges two names as fast as it goes while a path is read. Asserts that both happens, reading and refusing, and that
/// nothing is read but what lies inside.
#[cfg(target_os = "linux")]
fn assert_reads_only_inside_while_exchanged(tree: &Tree, names: [&str; 2], token: &str) {
    let names = names.map(|name| tree.root().join(name));
    for root in both(&tree.root()) {
        let done = AtomicBool::new(false);
        let (mut inside, mut outside, mut refused) = (0, 0, 0);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let flags = RenameFlags::EXCHANGE;
                    rustix::fs::renameat_with(CWD, &names[0], CWD, &names[1], flags).unwrap();
                }
            });
            for _ in 0..200_000 {
                match start(&root)
                    .enter(token.as_bytes())
                    .and_then(IncludedFile::read)
                {
                    Ok(octets) if octets == b"inside" => inside += 1,
                    Ok(_) => outside += 1,
                    Err(_) => refused += 1,
                }
                if inside >= 2000 && refused >= 2000 {
                    break;
                }
            }
            done.store(true, Ordering::Relaxed);
        });
        assert_eq!(outside, 0, "{token}");
        assert!(inside > 0 && refused > 0, "{token}: {inside} {refused}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn never_reads_outside_while_a_folder_and_a_link_are_exchanged() {
    for (target, token) in [
        ("/etc", "changing/passwd"),
        ("..", "changing/secret"),
        ("../root-twin", "changing/../changing/secret"),
    ] {
        let tree = Tree::new();
        let twin = tree.folder.path().join("root-twin");
        fs::create_dir(&twin).unwrap();
        fs::write(twin.join("secret"), "secret").unwrap();
        fs::create_dir(tree.root().join("changing")).unwrap();
        tree.file("changing/passwd", "inside");
        tree.file("changing/secret", "inside");
        tree.link("other", target);
        assert_reads_only_inside_while_exchanged(&tree, ["changing", "other"], token);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn never_reads_outside_while_a_file_and_a_link_are_exchanged() {
    let tree = Tree::new();
    tree.file("changing", "inside");
    tree.link("other", "../secret");
    assert_reads_only_inside_while_exchanged(&tree, ["changing", "other"], "changing");
}

#[test]
#[cfg(target_os = "linux")]
fn never_waits_while_a_file_and_a_pipe_are_exchanged() {
    let tree = Tree::hostile();
    tree.file("changing", "inside");
    assert_reads_only_inside_while_exchanged(&tree, ["changing", "pipe"], "changing");
}

/// What the next test watches. By itself it does nothing.
#[test]
fn child_that_runs_the_suite() {
    let Some(folder) = std::env::var_os(SUITE) else {
        return;
    };
    let folder = Path::new(&folder);
    for root in both(folder) {
        for (token, ..) in hostile(folder) {
            // What is refused, and how, is another test's: here only what the system was asked for counts.
            _ = start(&root).enter(&token).and_then(IncludedFile::read);
        }
        assert_eq!(code(&root, "plain"), "ok");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn never_opens_anything_outside_as_strace_sees_it() {
    let works = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .output();
    if !works.is_ok_and(|output| output.status.success()) {
        println!("skipped: strace is missing or may not trace; install the package `strace`");
        return;
    }
    let tree = Tree::hostile();
    let root = tree.root().canonicalize().unwrap();
    let usual = opened(&tree, None);
    let suite = opened(&tree, Some(&root));
    let more: BTreeSet<_> = suite.difference(&usual).collect();
    assert!(more.contains(&root.join("plain")), "{more:?}");
    let outside: Vec<_> = more
        .iter()
        .filter(|path| !path.starts_with(&root))
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
}

/// The files that a process opens which runs the suite over a root, or nothing.
#[cfg(target_os = "linux")]
fn opened(tree: &Tree, root: Option<&Path>) -> BTreeSet<PathBuf> {
    let log = tree.folder.path().join("log");
    let mut command = Command::new("strace");
    command
        .args([
            "-f",
            "-qq",
            "-y",
            "-s",
            "8192",
            "-e",
            "trace=file,openat2",
            "-o",
        ])
        .arg(&log)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "include::tests::child_that_runs_the_suite"])
        .env_remove(SUITE);
    if let Some(root) = root {
        command.env(SUITE, root);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let log = fs::read(log).unwrap();
    let log = String::from_utf8_lossy(&log);
    assert!(root.is_none() || log.contains("openat2("));
    log.lines()
        .filter(|line| line.contains("open"))
        .filter_map(|line| {
            // `openat2(3</root>, "plain", …) = 4</root/plain>`, or an error without a path.
            let (_, result) = line.rsplit_once(") = ")?;
            let (_, path) = result.strip_suffix('>')?.split_once('<')?;
            Some(without_process(Path::new(path)))
        })
        .collect()
}

/// `/proc/self/maps` for `/proc/3056/maps`, which is another in every run.
#[cfg(target_os = "linux")]
fn without_process(path: &Path) -> PathBuf {
    let of_process =
        |name: &std::ffi::OsStr| name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
    path.iter()
        .enumerate()
        .map(|(index, name)| match name {
            _ if index == 2 && path.starts_with("/proc") && of_process(name) => "self".as_ref(),
            _ => name,
        })
        .collect()
}
