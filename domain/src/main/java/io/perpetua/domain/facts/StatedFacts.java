package io.perpetua.domain.facts;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.memory.AnchorDetector;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * What counts as the user's own words, said for longer than the next answer, is the anchors' to tell; here a clause that
 * they found is only taken apart. Where it cannot be, it stays an anchor and is no fact.
 */
/**
 * Finds who users are and what they prefer in their own words: name, home, work, age, favourites, likes and dislikes,
 * diet, allergies. English; no model call; pure. Linear in the message.
 */
public final class StatedFacts {

    /** How sure such facts are. */
    public static final double CONFIDENCE = 0.9;

    /** Who speaks, where he has no name. */
    private static final String USER = "user";

    private StatedFacts() {}

    /** What {@code message} says of its speaker, in order; nothing unless a user says it. */
    public static List<Triple> in(Message message) {
        var facts = new ArrayList<Triple>();
        String speaker = message.name();
        for (Detected detected : AnchorDetector.in(message)) {
            Triple fact = fact(detected, speaker);
            if (fact != null && !facts.contains(fact)) {
                facts.add(fact);
            }
        }
        return facts;
    }

    private static @Nullable Triple fact(Detected detected, @Nullable String speaker) {
        if (detected.kind() != Kind.IDENTITY && detected.kind() != Kind.PREFERENCE) {
            return null;
        }
        // With a speaker's name the detector puts it before text and subject.
        String clause = speaker == null ? detected.text() : detected.text().substring(speaker.length() + 2);
        String subject = detected.subject();
        String settles = subject == null || speaker == null ? subject : subject.substring(speaker.length() + 1);
        for (StatedForm form : StatedForm.ALL) {
            var said = form.in(clause, detected.kind(), settles);
            if (said != null) {
                return new Triple(speaker == null ? USER : speaker, said.predicate(), said.object());
            }
        }
        return null;
    }
}
