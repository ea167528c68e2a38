package io.perpetua.application.context;

import io.perpetua.application.memory.RecallTurns.Recollection;
import io.perpetua.application.vision.QuoteDocuments.Shown;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where sections go among a client's messages, and what that costs. Safe for concurrent use. */
final class Layout {

    private final MessageWriter writer;
    private final MessageTokens tokens;

    Layout(MessageWriter writer, MessageTokens tokens) {
        this.writer = writer;
        this.tokens = tokens;
    }

    /** The client's instructions with {@code sections} behind them, in one message where the client sent one. */
    List<Message> instructed(List<Message> instructions, String sections) {
        if (sections.isEmpty()) {
            return instructions;
        }
        if (instructions.isEmpty()) {
            return List.of(writer.compose(Role.SYSTEM, sections));
        }
        var extended = new ArrayList<>(instructions);
        extended.add(writer.extend(extended.removeLast(), "", sections));
        return extended;
    }

    /** The open exchange with {@code section} in front of what the user says, in the same message: every model takes that. */
    List<Message> recalling(OpenExchange open, String section) {
        if (section.isEmpty()) {
            return open.messages();
        }
        Message asked = open.asked();
        var messages = new ArrayList<>(open.messages());
        if (asked == null) {
            messages.addFirst(writer.compose(Role.SYSTEM, section));
        } else {
            messages.set(messages.lastIndexOf(asked), writer.extend(asked, section, ""));
        }
        return messages;
    }

    static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "\n\n" + second;
    }

    /** What {@code section} adds to a request at most, as a message of its own or joined to another. */
    int cost(String section) {
        return section.isEmpty() ? 0 : tokens.ofText(section);
    }

    /** What the section of recalled turns adds, which was counted when they were chosen. */
    int cost(Recollection recalled) {
        return recalled.excerpts().isEmpty() ? 0 : tokens.ofText("") + recalled.tokens();
    }

    int cost(List<Message> messages) {
        return messages.stream().mapToInt(tokens::of).sum();
    }

    /** The most tokens a section's text may have to add at most {@code share}. */
    int textWithin(int share) {
        return Math.max(0, share - tokens.ofText(""));
    }

    static Map<Part, Integer> parts(
            int system, int anchors, int facts, int brief, int recent, int retrieved, int message) {
        var parts = new EnumMap<Part, Integer>(Part.class);
        parts.put(Part.SYSTEM, system);
        parts.put(Part.ANCHORS, anchors);
        parts.put(Part.FACTS, facts);
        parts.put(Part.BRIEF, brief);
        parts.put(Part.RECENT, recent);
        parts.put(Part.RETRIEVED, retrieved);
        parts.put(Part.MESSAGE, message);
        return parts;
    }

    /** The report of the facts that are not among those {@code kept}; empty when all are. */
    static List<Dropped> unsent(List<Fact> facts, List<Fact> kept) {
        var left = facts.stream()
                .filter(fact -> !kept.contains(fact))
                .map(Fact::id)
                .toList();
        return left.isEmpty() ? List.of() : List.of(Dropped.facts(left, Dropped.Reason.OVER_BUDGET));
    }

    /** The report of the regions that did not fit; empty when all did. */
    static List<Dropped> leftOut(Shown documents) {
        return documents.leftOut().isEmpty()
                ? List.of()
                : List.of(Dropped.regions(documents.leftOut(), Dropped.Reason.OVER_BUDGET));
    }

    /** The report of the anchors that are not among those {@code kept}; empty when all are. */
    static List<Dropped> leftOut(List<Anchor> anchors, List<Anchor> kept) {
        if (kept.size() == anchors.size()) {
            return List.of();
        }
        var left = anchors.stream().filter(anchor -> !kept.contains(anchor)).toList();
        var turns = left.stream().map(Anchor::detectedIn).filter(turn -> turn > 0);
        return List.of(new Dropped(
                Part.ANCHORS,
                turns.distinct().sorted().toList(),
                left.stream().map(Anchor::id).toList(),
                Dropped.Reason.OVER_BUDGET));
    }
}
