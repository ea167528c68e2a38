package io.perpetua.benchmarks.conversation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The vocabularies and templates of {@code talk.txt}.
 *
 * @param lists lines by the name of their section
 * @param aspects what one can ask and say about any component
 * @param code templates of code in several lines
 */
record Talk(Map<String, List<String>> lists, List<Aspect> aspects, List<String> code) {

    private static final Pattern SECTION = Pattern.compile("(?m)^== (.+)$");
    private static final String ASPECT = "aspect ";
    private static final String CODE = "code";

    /** Ways to ask, and sentences to answer with. */
    record Aspect(List<String> asks, List<String> answers) {}

    static Talk load() {
        String text = Resources.read("talk.txt");
        var lists = new LinkedHashMap<String, List<String>>();
        var aspects = new ArrayList<Aspect>();
        var code = new ArrayList<String>();
        var headings = SECTION.matcher(text).results().toList();
        for (int i = 0; i < headings.size(); i++) {
            int end = i + 1 < headings.size() ? headings.get(i + 1).start() : text.length();
            String name = headings.get(i).group(1);
            String body = text.substring(headings.get(i).end(), end).strip();
            if (name.startsWith(ASPECT)) {
                aspects.add(new Aspect(marked(body, "U "), marked(body, "A ")));
            } else if (name.equals(CODE)) {
                code.addAll(List.of(body.split("\\n\\s*\\n")));
            } else {
                lists.put(name, body.lines().map(String::strip).toList());
            }
        }
        return new Talk(lists, aspects, code);
    }

    List<String> list(String name) {
        var found = lists.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no section " + name);
        }
        return found;
    }

    private static List<String> marked(String body, String mark) {
        return body.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }
}
