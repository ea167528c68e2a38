package io.perpetua.adapters.commands;

import io.perpetua.adapters.commands.Arguments.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code find} by name, path, kind and depth. */
final class FindBuiltin implements Builtin {

    /** Each level holds a folder open. */
    private static final int DEEPEST = 256;

    private final List<String> roots = new ArrayList<>();
    private final List<Test> tests = new ArrayList<>();
    private int deepest = Integer.MAX_VALUE;
    private int shallowest;

    /** What has to hold of what is found. */
    private interface Test {
        boolean holds(String path, String name, BasicFileAttributes attributes);
    }

    private FindBuiltin() {}

    static Builtin of(List<String> words) throws Unsupported {
        var find = new FindBuiltin();
        int at = 0;
        while (at < words.size()
                && !words.get(at).startsWith("-")
                && !words.get(at).equals("!")) {
            find.roots.add(words.get(at++));
        }
        while (at < words.size()) {
            boolean negated = words.get(at).equals("!") || words.get(at).equals("-not");
            at += negated ? 1 : 0;
            String word = at < words.size() ? words.get(at++) : "!";
            if (word.equals("-print") && !negated && at == words.size()) {
                break;
            }
            if (at >= words.size()) {
                throw new Unsupported(word);
            }
            String value = words.get(at++);
            if (!find.depth(word, value)) {
                var test = test(word, value);
                find.tests.add(negated ? (path, name, attributes) -> !test.holds(path, name, attributes) : test);
            } else if (negated) {
                throw new Unsupported(word);
            }
        }
        if (find.roots.isEmpty()) {
            find.roots.add(".");
        }
        return find;
    }

    private boolean depth(String word, String value) throws Unsupported {
        if (!word.equals("-maxdepth") && !word.equals("-mindepth")) {
            return false;
        }
        if (!value.matches("\\d{1,4}")) {
            throw new Unsupported(value);
        }
        if (word.equals("-maxdepth")) {
            deepest = Math.min(deepest, Integer.parseInt(value));
        } else {
            shallowest = Integer.parseInt(value);
        }
        return true;
    }

    private static Test test(String word, String value) throws Unsupported {
        return switch (word) {
            case "-name" -> (path, name, attributes) -> Names.match(name, value);
            case "-iname" ->
                (path, name, attributes) -> Names.match(name.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
            case "-type" ->
                switch (value) {
                    case "f" -> (path, name, attributes) -> attributes.isRegularFile();
                    case "d" -> (path, name, attributes) -> attributes.isDirectory();
                    case "l" -> (path, name, attributes) -> attributes.isSymbolicLink();
                    default -> throw new Unsupported(value);
                };
            default -> throw new Unsupported(word);
        };
    }

    @Override
    public int run(Surroundings here) throws IOException {
        var complaints = new Complaints("find", here);
        for (String root : roots) {
            complaints.during(root, () -> {
                var attributes =
                        Files.readAttributes(here.real(root), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                meet(root, root, attributes, 0, here);
                if (attributes.isDirectory() && deepest > 0) {
                    try (var folder = here.folder(root)) {
                        walk(root.endsWith("/") ? root : root + "/", folder, 1, here, complaints);
                    }
                }
            });
        }
        return complaints.any() ? 1 : 0;
    }

    /** What cannot be looked at is told, and the rest is gone on with. */
    private void walk(String before, OpenFolder folder, int depth, Surroundings here, Complaints complaints)
            throws IOException {
        for (String name : folder.names()) {
            String path = before + name;
            complaints.during(path, () -> {
                var attributes = folder.attributes(name);
                meet(path, name, attributes, depth, here);
                if (!attributes.isDirectory() || depth >= deepest) {
                    return;
                }
                if (depth >= DEEPEST) {
                    throw new IOException("Too many levels of folders");
                }
                try (var below = folder.folder(name)) {
                    walk(path + "/", below, depth + 1, here, complaints);
                }
            });
        }
    }

    private void meet(String path, String name, BasicFileAttributes attributes, int depth, Surroundings here)
            throws IOException {
        here.out().check();
        if (depth >= shallowest && tests.stream().allMatch(test -> test.holds(path, name, attributes))) {
            here.out().print(path + "\n");
        }
    }
}
