package io.perpetua.application.context;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;

import io.perpetua.domain.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Conversations made up to try a strategy on, each longer than is sent whole. */
final class Workshop {

    private static final List<String> PARTS = List.of("Header", "Gallery", "Basket", "Footer", "Login", "Search");

    private Workshop() {}

    /** A marina's web page: six components, each written {@code versions} times by turns, in small talk. */
    static List<Message> page(int versions) {
        var said = new ArrayList<Message>();
        for (int version = 1; version <= versions; version++) {
            for (String part : PARTS) {
                said.add(user("Please change the " + part.toLowerCase(Locale.ROOT) + " once more, wish number "
                        + version + " of the harbour office."));
                said.add(assistant("Done, the harbour office gets wish " + version + ".\n\n" + component(part, version)
                        + "\n\nAnything else about it?"));
            }
        }
        chatter(said, 30);
        return said;
    }

    /** A component's code, some 60 words, as version {@code version}. */
    static String component(String part, int version) {
        var code = new StringBuilder("```tsx src/" + part + ".tsx\nexport function " + part + "() {\n");
        code.append("  const revision = \"").append(mark(part, version)).append("\";\n");
        for (int line = 0; line < 8; line++) {
            code.append("  const row")
                    .append(line)
                    .append(" = berths.filter(b => b.id > ")
                    .append(line)
                    .append(");\n");
        }
        return code.append("  return <section>{revision}</section>;\n}\n```").toString();
    }

    /** What only that version of a part says. */
    static String mark(String part, int version) {
        return part + "-revision-" + version + ".";
    }

    /** Exchanges about nothing that matters. */
    static void chatter(List<Message> said, int exchanges) {
        for (int i = 0; i < exchanges; i++) {
            said.add(user("And number " + i + ": is the tide table for the week on the wall " + "again ".repeat(30)));
            said.add(assistant(
                    "It is, since this morning, number " + i + " of the list, as every " + "week ".repeat(30)));
        }
    }

    /** Random work: named blocks by either side, some partial, some unnamed, between prose. */
    static List<Message> work(SplittableRandom random, int exchanges) {
        var said = new ArrayList<Message>();
        for (int i = 0; i < exchanges; i++) {
            said.add(user(saying(random, 2 * i)));
            said.add(assistant(saying(random, 2 * i + 1)));
        }
        return said;
    }

    /** What only the block that was said as number {@code at} has, from 0. */
    static String value(int at) {
        return "v = \"v" + at + "\"";
    }

    private static String saying(SplittableRandom random, int at) {
        String prose =
                "We talk about part " + random.nextInt(9) + " and the harbour " + "and ".repeat(random.nextInt(80));
        return switch (random.nextInt(5)) {
            case 0 -> prose;
            case 1 -> prose + "\n```css\n.a" + random.nextInt(3) + " {}\n.b {}\n```";
            case 2 -> prose + "\nThe primary colour is #" + (100 + at) + ".";
            default ->
                prose + "\n\n```ts src/part" + random.nextInt(9) + ".ts\nexport const " + value(at) + ";\n"
                        + "let x = 0;\n".repeat(random.nextInt(60)) + "```\nand more.";
        };
    }
}
