package io.perpetua.domain.commands;

import io.perpetua.domain.commands.Invocation.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * Words that come in from a pipe are not seen when a line is judged: any could be an option, or a path anywhere. Behind a
 * find that does nothing but print paths it is known what they are: each begins with a folder of the workspace that was
 * named. With paths ended by NUL, as both are made to do, no name can come apart into other words. So the pair does what
 * find does by "-exec ... {} +", and is judged like that. Names that git lists may begin with anything; behind two dashes
 * that is no matter to some programs.
 */
/** {@code xargs} behind {@code find}, or behind {@code git ls-files -z}. */
final class FoundFiles {

    /** What the names of found files may begin with: with others some programs do something else than read a file. */
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9_./][^:@=]*");
    /** Programs that take whatever stands behind two dashes for files, and read them. */
    private static final Set<String> READ_BEHIND_DASHES =
            Set.of("cat", "du", "file", "grep", "head", "ls", "md5sum", "sha1sum", "sha256sum", "stat", "tail", "wc");

    /** More of them are not looked at one by one. */
    private static final int MOST_ORIGINS = 100;

    private FoundFiles() {}

    /**
     * Both, as they are to be run.
     *
     * @param find the words of {@code find}, its name first
     * @param xargs what runs what was found
     */
    record Both(List<String> find, Run xargs) {}

    /** Where {@code find} begins, by the words behind its name; refused where a name that it finds could be more than that. */
    static List<String> origins(List<String> words) throws Refusal {
        int first = 0;
        while (first < words.size() && words.get(first).matches("-[HLP]|-O\\d")) {
            first++;
        }
        int at = first;
        while (at < words.size() && !words.get(at).matches("(?s)-.*|[(),!]")) {
            at++;
        }
        var origins = words.subList(first, at);
        if (origins.size() > MOST_ORIGINS
                || !origins.stream().allMatch(word -> ORIGIN.matcher(word).matches())) {
            throw new Refusal("what the names that find finds begin with may be more than a folder for others");
        }
        return origins.isEmpty() ? List.of(".") : origins;
    }

    /**
     * Judges {@code xargs}.
     *
     * @param find the words of what is in front of it, which was judged; null where nothing is
     * @param words the words of {@code xargs} behind its name
     */
    static Both judge(@Nullable List<String> find, List<String> words, Invocation invocation) throws Refusal {
        boolean listed = find != null && lists(find);
        if (find == null || !(find.getFirst().equals("find") || listed)) {
            throw new Refusal("xargs gives a program words that nobody has seen, unless they come from find");
        }
        var argv = new ArrayList<>(List.of("xargs", "-0"));
        String replaced = null;
        boolean ended = false;
        int at = 0;
        for (; at < words.size() && words.get(at).startsWith("-"); at++) {
            String word = words.get(at);
            if (word.equals("-0") || word.equals("--null")) {
                ended = true;
            } else if (word.matches("-[rt]|--no-run-if-empty|--verbose|-n\\d+|--max-args=\\d+|-P[1-9]\\d?")) {
                argv.add(word);
            } else if (word.equals("-P")
                    && at + 1 < words.size()
                    && words.get(at + 1).matches("[1-9]\\d?")) {
                argv.add(word + words.get(++at));
            } else if (word.matches("-L[1-9]\\d*")) {
                argv.add("-n" + word.substring(2)); // each line is a name
            } else if (word.equals("-L")
                    && at + 1 < words.size()
                    && words.get(at + 1).matches("[1-9]\\d*")) {
                argv.add("-n" + words.get(++at));
            } else if (word.matches("-d(\\\\n|\n)")) {
                ended = false;
            } else if (word.equals("-d")
                    && at + 1 < words.size()
                    && words.get(at + 1).matches("\\\\n|\n")) {
                ended = false;
                at++;
            } else if (word.equals("-n")
                    && at + 1 < words.size()
                    && words.get(at + 1).matches("\\d+")) {
                argv.add(word + words.get(++at));
            } else if (word.equals("-I") && at + 1 < words.size()) {
                replaced = words.get(++at);
            } else if (word.startsWith("-I") && word.length() > 2) {
                replaced = word.substring(2);
            } else {
                throw new Refusal("what xargs does with '" + word + "' is not known");
            }
        }
        var inner = new ArrayList<>(words.subList(at, words.size()));
        if (inner.isEmpty()) {
            inner.add("echo");
        }
        if (listed) {
            if (!ended || replaced != null || !READ_BEHIND_DASHES.contains(inner.getFirst())) {
                throw new Refusal("names that git lists are only read by some programs, and ended by NUL");
            }
            // Without a name it is judged, too: no option that lacks its value can take the dashes for it.
            var run = invocation.onFound(inner, List.of("."), 3);
            argv.addAll(run.argv());
            argv.add("--");
            return new Both(find, new Run(run.judged(), argv, Map.of()));
        }
        if (replaced != null) {
            boolean last = inner.removeLast().equals(replaced);
            String other = replaced;
            if (!last || other.isEmpty() || inner.stream().anyMatch(word -> word.contains(other))) {
                throw new Refusal("xargs runs something of which the file is not simply the last word");
            }
            argv.addAll(List.of("-I", replaced));
        }
        var run = invocation.onFound(inner, origins(find.subList(1, find.size())), replaced == null ? 3 : 1);
        argv.addAll(run.argv());
        if (replaced != null) {
            argv.add(replaced);
        }
        return new Both(printing(find, ended), new Run(run.judged(), argv, Map.of()));
    }

    /** Whether it prints names of files in the folder that it runs in, each with a NUL behind it. */
    private static boolean lists(List<String> git) {
        return git.size() > 3
                && git.subList(0, 3).equals(List.of("git", "--no-pager", "ls-files"))
                && git.stream().anyMatch(word -> word.matches("-[a-z]*z[a-z]*"))
                && !git.contains("--full-name");
    }

    /** The same {@code find}, with a NUL behind each path. */
    private static List<String> printing(List<String> find, boolean ended) throws Refusal {
        int at = 1;
        while (at < find.size() && !find.get(at).matches("(?s)-(?![HLP]$|O\\d$).*|[(!,].*")) {
            at++;
        }
        var expression = new ArrayList<>(find.subList(at, find.size()));
        if (!expression.isEmpty() && expression.getLast().equals(ended ? "-print0" : "-print")) {
            expression.removeLast();
        } else if (ended) {
            throw new Refusal("xargs waits for what find does not print");
        }
        boolean printed = expression.size() + 1 < find.size() - at + 1;
        if (printed && expression.stream().anyMatch(word -> word.matches("-o|-or|,"))) {
            throw new Refusal("what of find's several actions xargs gets is not known");
        }
        if (expression.stream().anyMatch(word -> word.matches("-print0?|-printf|-ls|-exec|-execdir|-quit"))) {
            throw new Refusal("xargs gets words from find that are no paths");
        }
        var whole = new ArrayList<>(find.subList(0, at));
        if (!expression.isEmpty()) {
            whole.add("(");
            whole.addAll(expression);
            whole.add(")");
        }
        whole.add("-print0");
        return whole;
    }
}
