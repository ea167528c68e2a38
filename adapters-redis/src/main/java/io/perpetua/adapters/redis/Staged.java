package io.perpetua.adapters.redis;

import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns that came before their conversation: by their branch's name, where nobody looks for turns. They go by themselves
 * where nobody comes for them. Safe for concurrent use.
 */
@Singleton
@Shared
final class Staged {

    /** Questions that are asked at once. */
    private static final int STEP = 512;

    private static final Duration KEPT = Duration.ofDays(7);

    private final Link link;

    Staged(Link link) {
        this.link = link;
    }

    /** Those of the turns that have come, by their numbers, as {@link StoredTurn} packs them. */
    Map<Integer, byte[]> find(Scope scope, String branch, List<Integer> numbers) {
        var found = link.askAllPatiently(numbers.stream()
                .<Link.Question<byte[]>>map(
                        number -> commands -> commands.hget(key(scope, branch), Commit.ascii(number))
                                .thenApply(turn -> turn == null ? new byte[0] : turn))
                .toList());
        var turns = new HashMap<Integer, byte[]>();
        for (int i = 0; i < numbers.size(); i++) {
            if (found.get(i).length > 0) {
                turns.put(numbers.get(i), found.get(i));
            }
        }
        return turns;
    }

    /** Whether all turns of a stretch have come, apart from {@code others}. */
    boolean has(Scope scope, String branch, int first, int last, Collection<Integer> others) {

        for (int from = first; from <= last; from += STEP) {
            var questions = new ArrayList<Link.Question<Boolean>>();
            for (int number = from; number <= Math.min(last, from + STEP - 1); number++) {
                if (!others.contains(number)) {
                    byte[] field = Commit.ascii(number);
                    questions.add(commands -> commands.hexists(key(scope, branch), field));
                }
            }
            if (link.askAllPatiently(questions).contains(false)) {
                return false;
            }
        }
        return true;
    }

    void put(Scope scope, String branch, Map<Integer, byte[]> turns) {
        var questions = new ArrayList<Link.Question<Boolean>>();
        turns.forEach((number, turn) ->
                questions.add(commands -> commands.hset(key(scope, branch), Commit.ascii(number), turn)));
        questions.add(commands -> commands.expire(key(scope, branch), KEPT.toSeconds()));
        link.askAllPatiently(questions);
    }

    void remove(Scope scope, String branch, List<Integer> numbers) {
        if (!numbers.isEmpty()) {
            byte[][] fields = numbers.stream().map(Commit::ascii).toArray(byte[][]::new);
            link.askPatiently(commands -> commands.hdel(key(scope, branch), fields));
        }
    }

    void removeAll(Scope scope, String branch) {
        link.askPatiently(commands -> commands.del(key(scope, branch)));
    }

    private static byte[] key(Scope scope, String branch) {
        return Place.own(scope, branch).staged();
    }
}
