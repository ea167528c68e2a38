package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * An anchor is sent with every request from then on, so a wrong one costs more than a missing one: recall may still find
 * what is missed here. Only the user's own prose is read, sentence by sentence, and only what is said outright: the
 * rules want the form of a standing instruction, not a word such as "always". Left out are quotations, fenced and
 * indented code, whatever stands between quotation marks, questions, what is supposed or reported, what is wanted for
 * one answer, and the middle of long messages, which is material that was pasted to work on. What is kept is the clause,
 * without the request that follows it. Where a message names its speaker, what he says of himself is kept under his name.
 */
/**
 * Finds, when a user's turn is written, what holds from then on: standing instructions, preferences, goals, decisions,
 * who the user is, and corrections. English; no model call; pure. Linear in the message.
 */
public final class AnchorDetector {

    private static final int MOST_PER_MESSAGE = 3;
    private static final int LEADING = 8;
    private static final int TRAILING = 4;
    private static final int LONGEST = 280;

    /** Characters of a sentence that is read. Longer ones are material, and patterns may take their square in time. */
    private static final int READABLE = 1_000;

    private static final Pattern ONE_OFF = Pattern.compile(
            "\\b(?:for|in|on|with|to) (?:just )?(?:this|that|the next|the following|my next) (?:one|answer|reply|response"
                    + "|question|time|task|example|message|email|request|case|exercise|turn|paragraph|letter|snippet)\\b"
                    + "|\\bthis (?:time|once)\\b|\\bjust (?:once|now|today)\\b|\\bonly (?:once|today|now)\\b|\\btonight\\b"
                    + "|\\bfor (?:now|today|the moment|once)\\b|\\bright now\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REPORTED = Pattern.compile(
            "(?<!\\b(?:I|I've|we|we've|I'd|have|had) )\\b(?:says?|said|told|tells|asked|asks|wrote|writes|claims?|claimed|replied|shouted|thinks"
                    + "|thought|believes|assumes|wishes)\\b|\\b(?:when|since|while|before) I was\\b|\\bas a (?:kid|child)\\b"
                    + "|\\b(?:years|months) ago\\b|\\bused to\\b"
                    + "|\\b(?:whether|wonder(?:ing)? if|(?:sure|know) if)\\b[^,]*$",
            Pattern.CASE_INSENSITIVE);
    private static final Set<Kind> ASKED_OF_THE_ASSISTANT = EnumSet.of(Kind.INSTRUCTION, Kind.PREFERENCE);

    private AnchorDetector() {}

    /** What {@code message} says that holds from now on, in order, at most three; nothing unless a user says it. */
    public static List<Detected> in(Message message) {
        if (message.role() != Role.USER) {
            return List.of();
        }
        var detected = inText(message.text());
        String speaker = message.name();
        return speaker == null
                ? detected
                : detected.stream().map(each -> each.by(speaker)).toList();
    }

    /** The first thing that {@code text} settles, as if a user said it; null where it settles nothing. */
    static @Nullable String subjectOf(String text) {
        for (Detected detected : inText(text)) {
            if (detected.subject() != null) {
                return detected.subject();
            }
        }
        return null;
    }

    private static List<Detected> inText(String text) {
        var detected = new ArrayList<Detected>();
        for (String sentence : ownWords(Sentences.of(text))) {
            Detected anchor = detected.size() < MOST_PER_MESSAGE ? in(sentence) : null;
            if (anchor != null && !detected.contains(anchor)) {
                detected.add(anchor);
            }
        }
        return detected;
    }

    private static List<String> ownWords(List<Sentences.Part> parts) {
        var prose = parts.stream()
                .filter(part -> part.kind() == Sentences.Kind.PROSE)
                .map(Sentences.Part::text)
                .toList();
        if (prose.size() <= LEADING + TRAILING) {
            return prose;
        }
        var ends = new ArrayList<>(prose.subList(0, LEADING));
        ends.addAll(prose.subList(prose.size() - TRAILING, prose.size()));
        return ends;
    }

    private static @Nullable Detected in(String sentence) {
        var clause = sentence.length() > READABLE ? null : AnchorClause.of(sentence);
        if (clause == null) {
            return null;
        }
        for (AnchorRule rule : AnchorForms.ALL) {
            var matcher = rule.pattern().matcher(clause.said());
            if (matcher.find()) {
                return meant(rule.kind(), clause.said(), matcher.start())
                        ? new Detected(
                                rule.kind(),
                                clause.around(matcher.start(), matcher.end(), LONGEST),
                                rule.subject(matcher, clause.said()))
                        : null;
            }
        }
        return null;
    }

    /** Whether what is said at {@code start} is the speaker's own, and for longer than the next answer. */
    private static boolean meant(Kind kind, String said, int start) {
        boolean once =
                ASKED_OF_THE_ASSISTANT.contains(kind) && ONE_OFF.matcher(said).find();
        return !once && !REPORTED.matcher(said.substring(0, start)).find();
    }

    /** What kind of thing holds from now on. */
    public enum Kind {
        INSTRUCTION,
        PREFERENCE,
        GOAL,
        DECISION,
        IDENTITY,
        CORRECTION;

        /** The tag its anchors carry. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that holds from now on.
     *
     * @param kind what kind of thing
     * @param text the user's own clause
     * @param subject what it settles, where it settles something that has one value at a time, so that a newer one
     *     replaces it; null where both may hold
     */
    public record Detected(Kind kind, String text, @Nullable String subject) {

        /** The same said by one of several speakers: what he says of himself is his, what he asks of the model is not. */
        Detected by(String speaker) {
            return kind == Kind.INSTRUCTION
                    ? this
                    : new Detected(
                            kind,
                            speaker + ": " + text,
                            subject == null ? null : speaker.toLowerCase(Locale.ROOT) + "/" + subject);
        }
    }
}
