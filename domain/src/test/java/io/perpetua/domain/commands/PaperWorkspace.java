package io.perpetua.domain.commands;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A workspace that is only described: files, folders, and links in and out of it. */
final class PaperWorkspace implements Workspace {

    private static final String FOLDER = "/";
    private static final String FILE = "";
    private static final String DEVICE = "!";

    /** What is at each path: a folder, a file, a device, or where a link leads. */
    private final Map<String, String> entries = new TreeMap<>();

    /** The workspace that the corpus is about. */
    static PaperWorkspace ofTheCorpus() {
        var paper = new PaperWorkspace();
        for (String folder : List.of(
                "/", "/desk", "/desk/other", "/desk/project", "/home", "/home/ada", "/etc", "/dev", "/tmp", "/usr")) {
            paper.entries.put(folder, FOLDER);
        }
        for (String folder : List.of(
                "src", "docs", "build", "out", ".git", "test", "bare", "bare/objects", "nested", "nested/.git")) {
            paper.entries.put("/desk/project/" + folder, FOLDER);
        }
        for (String file : List.of(
                "README.md",
                "CHANGES.md",
                "notes.txt",
                "my notes.txt",
                "-odd.txt",
                "data.csv",
                "app.log",
                "a.txt",
                "b.txt",
                "a.json",
                "script.sh",
                "src/app.py",
                "src/lib.py",
                "docs/guide.md",
                ".hidden")) {
            paper.entries.put("/desk/project/" + file, FILE);
        }
        for (String file : List.of("/etc/passwd", "/desk/secret.txt", "/home/ada/notes.txt")) {
            paper.entries.put(file, FILE);
        }
        paper.entries.put("/dev/sda", DEVICE);
        paper.entries.put("/desk/project/inner", "src");
        for (String ending : List.of(".zip", ".gz", ".mgc")) {
            paper.entries.put("/desk/project/leak" + ending, "/desk/secret.txt");
        }
        paper.entries.put("/desk/project/escape", "/etc");
        paper.entries.put("/desk/project/test/out", "../../secret.txt");
        paper.entries.put("/desk/project/loop", "loop");
        paper.entries.put("/desk/project/kept", "src/../.git");
        paper.entries.put("/desk/project/kept.cfg", ".git/config");
        paper.entries.put("/desk/project/.git/config", FILE);
        paper.entries.put("/desk/project/bare/HEAD", FILE);
        for (String folder : List.of("d", "deeper", "deeper/sub", "deeper/sub/.git")) {
            paper.entries.put("/desk/project/" + folder, FOLDER);
        }
        paper.entries.put("/desk/project/deeper/sub/.git/config", FILE);
        paper.entries.put("/desk/project/d/description", "../.git/description");
        paper.entries.put("/desk/project/d/xaa", "../.git/config");
        paper.entries.put("/desk/project/d/passwd", "/etc/passwd");
        return paper;
    }

    @Override
    public String root() {
        return "/desk/project";
    }

    @Override
    public String home() {
        return "/home/ada";
    }

    @Override
    public @Nullable String resolved(String path) {
        return real(path);
    }

    @Override
    public Place place(String path) {
        String real = real(path);
        if (real == null || !(real + "/").startsWith(root() + "/")) {
            return Place.OUTSIDE;
        }
        return switch (entries.get(real)) {
            case null -> Place.MISSING;
            case FOLDER -> Place.FOLDER;
            case FILE -> Place.FILE;
            default -> Place.OTHER;
        };
    }

    @Override
    public @Nullable List<String> names(String path) {
        String real = real(path);
        if (real == null || !FOLDER.equals(entries.get(real))) {
            return null;
        }
        String folder = real.equals("/") ? real : real + "/";
        return entries.keySet().stream()
                .filter(each -> each.startsWith(folder) && each.length() > folder.length())
                .map(each -> each.substring(folder.length()))
                .filter(name -> name.indexOf('/') < 0)
                .toList();
    }

    /** The path without links; null when they lead nowhere. */
    private @Nullable String real(String path) {
        var left = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
        var real = new ArrayDeque<String>();
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (name.equals("..")) {
                real.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                real.addLast(name);
                String entry = entries.get("/" + String.join("/", real));
                if (entry != null && !List.of(FOLDER, FILE, DEVICE).contains(entry)) {
                    if (++links > 40) {
                        return null;
                    }
                    real.removeLast();
                    if (entry.startsWith("/")) {
                        real.clear();
                    }
                    for (String each : List.of(entry.split("/", -1)).reversed()) {
                        left.addFirst(each);
                    }
                }
            }
        }
        return "/" + String.join("/", real);
    }
}
