package io.perpetua.benchmarks.memory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/*
 * Recall of a question is the share of its cited turns that are in the context; "all" is whether every one is. Both are
 * averaged over questions (macro). Questions about one conversation are not independent of each other, so the interval
 * is a cluster bootstrap: whole conversations are drawn with replacement, the 2.5th and 97.5th percentile are reported.
 */
/** What was found of each question's evidence. Not safe for concurrent use. */
public final class Evidence {

    private static final int DRAWS = 1_000;

    private final List<Sample> samples = new ArrayList<>();

    /** One question's outcome: in which conversation, of which category, and the share found, in [0, 1]. */
    private record Sample(String conversation, String category, double recall) {}

    /**
     * Notes the outcome of one question.
     *
     * @param sent the turns that were in the context
     */
    public void add(String conversation, Recording.Asked asked, Collection<Integer> sent) {
        Set<Integer> there = Set.copyOf(sent);
        long found = asked.evidence().stream().filter(there::contains).count();
        samples.add(new Sample(
                conversation,
                asked.category(),
                (double) found / asked.evidence().size()));
    }

    /** The score over the questions whose category is {@code counted}. */
    public Score score(Predicate<String> counted) {
        return score(of(counted));
    }

    /** The interval of the mean recall over those questions, from draws of {@code random}. */
    public Interval interval(Predicate<String> counted, RandomGenerator random) {
        var byConversation = of(counted).stream().collect(groupingBy(Sample::conversation, TreeMap::new, toList()));
        var conversations = List.copyOf(byConversation.values());
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS && !conversations.isEmpty(); draw++) {
            var drawn = new ArrayList<Sample>();
            for (int i = 0; i < conversations.size(); i++) {
                drawn.addAll(conversations.get(random.nextInt(conversations.size())));
            }
            means[draw] = score(drawn).recall();
        }
        Arrays.sort(means);
        return new Interval(means[DRAWS * 25 / 1_000], means[DRAWS * 975 / 1_000 - 1]);
    }

    private List<Sample> of(Predicate<String> counted) {
        return samples.stream()
                .filter(sample -> counted.test(sample.category()))
                .toList();
    }

    private static Score score(List<Sample> samples) {
        double recall = 0;
        int all = 0;
        for (Sample sample : samples) {
            recall += sample.recall();
            all += sample.recall() == 1 ? 1 : 0;
        }
        int count = samples.size();
        return count == 0 ? new Score(0, 0, 0) : new Score(count, recall / count, (double) all / count);
    }

    /**
     * Means over questions.
     *
     * @param questions how many
     * @param recall mean share of the evidence that was found
     * @param all share of questions whose evidence was found in full
     */
    public record Score(int questions, double recall, double all) {

        /** As {@code 92.3/88.0}, in percent. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f/%.1f", 100 * recall, 100 * all);
        }
    }

    /** Where 95 of 100 repetitions would lie. */
    public record Interval(double low, double high) {

        /** As {@code [90.8, 93.8]}, in percent. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "[%.1f, %.1f]", 100 * low, 100 * high);
        }
    }
}
