package io.perpetua.domain.strategy;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/*
 * A file's name is a word that ends in an extension source files have, or one of the few names without. Products that
 * are called like files (Node.js) are none, unless a folder or a mark of code says otherwise. Where more than one stands
 * in the same place, none names the block.
 */
/** Recognises the names of source files. Linear in what it is given. */
final class FileNames {

    private static final Set<String> EXTENSIONS = Set.of(
            "astro",
            "bash",
            "bat",
            "c",
            "cc",
            "cfg",
            "clj",
            "conf",
            "cpp",
            "cs",
            "css",
            "csv",
            "dart",
            "env",
            "erl",
            "ex",
            "exs",
            "fs",
            "go",
            "gradle",
            "graphql",
            "groovy",
            "h",
            "hcl",
            "hpp",
            "hs",
            "htm",
            "html",
            "ini",
            "ipynb",
            "java",
            "jl",
            "js",
            "json",
            "jsx",
            "kt",
            "kts",
            "less",
            "lua",
            "md",
            "mdx",
            "mjs",
            "ml",
            "php",
            "pl",
            "prisma",
            "properties",
            "proto",
            "ps1",
            "py",
            "rb",
            "rs",
            "sass",
            "scala",
            "scss",
            "sh",
            "sol",
            "sql",
            "svelte",
            "svg",
            "swift",
            "tex",
            "tf",
            "toml",
            "ts",
            "tsx",
            "txt",
            "vue",
            "xml",
            "yaml",
            "yml",
            "zig");
    private static final Set<String> WITHOUT_EXTENSION = Set.of(
            ".env",
            ".gitignore",
            "Dockerfile",
            "Makefile",
            "Jenkinsfile",
            "Procfile",
            "Gemfile",
            "Rakefile",
            "Vagrantfile");
    private static final Set<String> PRODUCTS = Set.of(
            "alpine.js",
            "backbone.js",
            "chart.js",
            "d3.js",
            "ember.js",
            "express.js",
            "nest.js",
            "next.js",
            "node.js",
            "nuxt.js",
            "react.js",
            "solid.js",
            "three.js",
            "vue.js");
    /** Names that every folder may have one of: the same name is not the same file. */
    private static final Set<String> COMMON_STEMS = Set.of(
            "__init__", "config", "index", "layout", "main", "mod", "package", "page", "readme", "route", "types");

    private static final int LONGEST = 200;

    private FileNames() {}

    /** {@code word} as a file's name, or null if it is none. */
    static @Nullable String of(String word) {
        String name = trimmed(word);
        if (name.isEmpty() || name.length() > LONGEST || name.contains("://")) {
            return null;
        }
        name = name.replace('\\', '/');
        name = name.startsWith("./") ? name.substring(2) : name;
        String base = base(name);
        return plain(name) && (WITHOUT_EXTENSION.contains(base) || hasExtension(base)) ? name : null;
    }

    /** The only file's name in a line of prose, or null if there is none or more than one. */
    static @Nullable String onlyOneIn(String line) {
        if (line.length() > LONGEST) {
            return null;
        }
        var names = new LinkedHashSet<String>();
        for (var words = new StringTokenizer(line, " \t,;()"); words.hasMoreTokens(); ) {
            String word = words.nextToken();
            String name = of(word);
            if (name != null && !PRODUCTS.contains(name.toLowerCase(Locale.ROOT))) {
                names.add(name);
            }
        }
        return names.size() == 1 ? names.getFirst() : null;
    }

    /** A file's name without its folders. */
    static String base(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Whether a name without folders may mean any of several files. */
    static boolean common(String name) {
        String base = base(name);
        int dot = base.indexOf('.', 1);
        String stem = dot < 0 ? base : base.substring(0, dot);
        return COMMON_STEMS.contains(stem.toLowerCase(Locale.ROOT));
    }

    /** The extension, lower case, empty where there is none. */
    static String extension(String name) {
        int dot = base(name).lastIndexOf('.');
        return dot < 0 ? "" : base(name).substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean hasExtension(String base) {
        int dot = base.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(base.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean plain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && "._-/@+$~[]".indexOf(c) < 0) {
                return false;
            }
        }
        return Character.isLetterOrDigit(name.charAt(name.length() - 1));
    }

    /** Without the marks that writers put around a name. */
    private static String trimmed(String word) {
        int start = 0;
        int end = word.length();
        while (start < end && "`*\"'<([{:#“”‘’".indexOf(word.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "`*\"'>)]}:,.;!?“”‘’".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(start, end);
    }
}
