package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Role;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a question is about: 1 for each turn of the one participant whom it names, -1 for those of the others, all 0 when
 * it names none or several. In a conversation without names, "what did you recommend" is about the assistant.
 */
final class SpeakerCue {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private SpeakerCue() {}

    static double[] of(Question question, TurnTable turns) {
        double[] cue = new double[turns.size()];
        Set<String> speakers = speakers(turns);
        if (speakers.size() >= 2) {
            String named = onlyOneNamed(question, speakers);
            if (named != null) {
                Arrays.setAll(cue, row -> named.equals(turns.names().get(row)) ? 1 : -1);
            }
        } else if (question.aboutAssistant()) {
            Arrays.setAll(cue, row -> turns.roles().get(row) == Role.ASSISTANT ? 1 : -1);
        }
        return cue;
    }

    private static @Nullable String onlyOneNamed(Question question, Set<String> speakers) {
        var words = new HashSet<String>();
        WORD.matcher(question.text())
                .results()
                .forEach(word -> words.add(word.group().toLowerCase(Locale.ROOT)));
        String named = null;
        for (String speaker : speakers) {
            if (words.contains(firstName(speaker))) {
                if (named != null) {
                    return null;
                }
                named = speaker;
            }
        }
        return named;
    }

    private static Set<String> speakers(TurnTable turns) {
        var speakers = new LinkedHashSet<String>();
        for (String name : turns.names()) {
            if (name != null) {
                speakers.add(name);
            }
        }
        return speakers;
    }

    private static String firstName(String speaker) {
        var word = WORD.matcher(speaker);
        return word.find() ? word.group().toLowerCase(Locale.ROOT) : "";
    }
}
