package io.perpetua.benchmarks.memory;

import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.benchmarks.memory.Recording.Line;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.Sentences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/*
 * Which sentences. A question's evidence are whole turns, of which only a part may be the instruction: it is each
 * sentence of the user's cited turns with a word of lasting ("always", "from now on", "whenever"). If none has one, every
 * sentence of these turns is wanted. The words are written down here and know nothing of what the server takes for an
 * anchor.
 *
 * When it is there. All its sentences are, each on one line of a message that the model is sent; or the line is itself a
 * part of the sentence that has its word of lasting and at least half of its words, since an anchor keeps the clause and
 * leaves greetings and the request around it. Words are compared, not punctuation, capitals or line ends. A turn that is
 * shown cut down to other sentences does not count.
 */
/** What a user once said that a later answer has to keep to. */
final class StandingInstruction {

    private static final Pattern LASTING = Pattern.compile(
            "\\b(always|never|whenever|(every|each|any) ?time|from now on|going forward|in (the )?future|by default"
                    + "|when I ask|if I ask)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final String SECTION = "## ";
    /** What the anchors' section begins with. */
    private static final String ANCHORS = Sections.anchors(
                    List.of(new Anchor("", "-", null, 0, Origin.PINNED, 0, null, Instant.EPOCH)))
            .lines()
            .findFirst()
            .orElseThrow();

    private final List<String> sentences;

    private StandingInstruction(List<String> sentences) {
        this.sentences = sentences;
    }

    /** The instruction that {@code asked} is about. */
    static StandingInstruction of(Asked asked, Recording recording) {
        return of(asked.evidence().stream()
                .sorted()
                .map(turn -> recording.lines().get(turn - 1))
                .filter(line -> line.role() == Role.USER)
                .map(Line::text)
                .toList());
    }

    /** The instruction in these turns. */
    static StandingInstruction of(List<String> turns) {
        var all = turns.stream()
                .flatMap(turn -> Sentences.of(turn).stream())
                .map(Sentences.Part::text)
                .toList();
        var lasting = all.stream()
                .filter(sentence -> LASTING.matcher(sentence).find())
                .toList();
        return new StandingInstruction(lasting.isEmpty() ? all : lasting);
    }

    /** Whether the model is told it, in whatever part of the context. */
    boolean isIn(List<Message> messages) {
        return isSaid(lines(messages));
    }

    /** Whether an anchor tells it. */
    boolean isAnchoredIn(List<Message> messages) {
        var anchored = new ArrayList<String>();
        boolean inside = false;
        for (String line : lines(messages)) {
            inside = line.startsWith(SECTION) ? line.equals(ANCHORS) : inside;
            if (inside) {
                anchored.add(line);
            }
        }
        return isSaid(anchored);
    }

    private boolean isSaid(List<String> lines) {
        var said = lines.stream().map(StandingInstruction::words).toList();
        return !sentences.isEmpty()
                && sentences.stream()
                        .map(StandingInstruction::words)
                        .allMatch(sentence -> said.stream().anyMatch(line -> tells(line, sentence)));
    }

    private static boolean tells(String line, String sentence) {
        return line.contains(sentence)
                || (sentence.contains(line)
                        && 2 * count(line) >= count(sentence)
                        && LASTING.matcher(line).find());
    }

    private static List<String> lines(List<Message> messages) {
        return messages.stream().flatMap(message -> message.text().lines()).toList();
    }

    /** The words of {@code text} with a space around each, so that only whole ones are found in one another. */
    private static String words(String text) {
        return " "
                + NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip() + " ";
    }

    private static long count(String words) {
        return words.chars().filter(c -> c == ' ').count() - 1;
    }
}
