package io.perpetua.application.facts;

import io.perpetua.domain.facts.Fact;
import java.util.regex.Pattern;

/** Facts as text that words and vectors are made of. */
final class FactWords {

    /** Where words meet in names of relations: lives_in, livesIn, lives-in. */
    private static final Pattern SEAM = Pattern.compile("[_\\-]+|(?<=\\p{Ll})(?=\\p{Lu})");

    private FactWords() {}

    static String of(Fact fact) {
        var triple = fact.triple();
        return spaced(triple.subject()) + " " + spaced(triple.predicate()) + " " + triple.object();
    }

    private static String spaced(String name) {
        return SEAM.matcher(name).replaceAll(" ");
    }
}
