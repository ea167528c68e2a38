package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where a user last stated each thing that has one value at a time. Immutable; holds subjects and places, no
 * values.
 * English.
 */
public final class LatestStatements implements Digest<LatestStatements> {

    /** Who the user is: names, numbers of accounts and orders, plan, device, contact. */
    public static final LatestStatements OF_IDENTITY = new LatestStatements(StatementRule.IDENTITY, Map.of(), Map.of());

    /** What it should look like: colours, fonts, sizes, spacing. */
    public static final LatestStatements OF_DESIGN = new LatestStatements(StatementRule.DESIGN, Map.of(), Map.of());

    private final List<StatementRule> rules;
    private final Map<String, Place> latest;
    private final Map<Place, Set<String>> settled;

    private LatestStatements(List<StatementRule> rules, Map<String, Place> latest, Map<Place, Set<String>> settled) {
        this.rules = rules;
        this.latest = latest;
        this.settled = settled;
    }

    @Override
    public LatestStatements after(Iterable<Turn> turns) {
        Map<String, Place> newest = null;
        Map<Place, Set<String>> all = null;
        for (Turn turn : turns) {
            for (var statement : Statements.in(turn.message())) {
                var subjects = settledBy(statement.text());
                if (!subjects.isEmpty()) {
                    newest = newest == null ? new HashMap<>(latest) : newest;
                    all = all == null ? new HashMap<>(settled) : all;
                    var place = new Place(turn.number(), statement.ordinal());
                    all.put(place, subjects);
                    for (String subject : subjects) {
                        newest.put(subject, place);
                    }
                }
            }
        }
        return newest == null || all == null ? this : new LatestStatements(rules, newest, all);
    }

    private Set<String> settledBy(String sentence) {
        var subjects = new HashSet<String>();
        for (StatementRule rule : rules) {
            String subject = rule.settledBy(sentence);
            if (subject != null) {
                subjects.add(subject);
            }
        }
        return subjects;
    }

    @Override
    public int weight() {
        return settled.size();
    }

    /**
     * The sentences of {@code turn} whose every value has been stated anew since, each with a short mark for its place;
     * in order.
     *
     * @param lastTurn the last turn that is stored: what superseded a statement after it is in the message that is answered
     */
    public List<Cut> superseded(Turn turn, int lastTurn) {
        var cuts = new ArrayList<Cut>();
        for (var statement : Statements.in(turn.message())) {
            var place = new Place(turn.number(), statement.ordinal());
            var subjects = settled.getOrDefault(place, Set.of());
            int newer = subjects.stream()
                    .mapToInt(subject -> newer(subject, place))
                    .min()
                    .orElse(0);
            if (newer > 0) {
                String mark = newer > lastTurn ? "[superseded below]" : "[superseded in turn " + newer + "]";
                cuts.add(new Cut(statement.start(), statement.end(), mark));
            }
        }
        return cuts;
    }

    /** The turn that states {@code subject} after {@code place}, 0 if none does. */
    private int newer(String subject, Place place) {
        var newest = latest.getOrDefault(subject, place);
        return newest.equals(place) ? 0 : newest.turn();
    }

    /** The sentences that still hold, by turn, ascending. */
    public Map<Integer, List<Integer>> byTurn() {
        var byTurn = new TreeMap<Integer, List<Integer>>();
        latest.values().stream()
                .distinct()
                .forEach(place -> byTurn.merge(place.turn(), List.of(place.ordinal()), LatestStatements::joined));
        return byTurn;
    }

    /** Sentences of a message in its own words, with an ellipsis where something is between them. */
    public static String quoted(Message message, List<Integer> sentences) {
        return Statements.quoted(message, sentences);
    }

    private static List<Integer> joined(List<Integer> some, List<Integer> more) {
        return Stream.concat(some.stream(), more.stream()).sorted().toList();
    }
}
