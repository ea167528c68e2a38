package io.perpetua.benchmarks.conversation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Draws from a list in a random order, each element once before any is drawn again. Not safe for concurrent use. */
final class Bag<T> {

    private final List<T> all;
    private final Random random;
    private final List<T> left = new ArrayList<>();

    Bag(List<T> all, RandomGenerator random) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("nothing to draw from");
        }
        this.all = List.copyOf(all);
        this.random = Random.from(random);
    }

    T draw() {
        if (left.isEmpty()) {
            left.addAll(all);
            Collections.shuffle(left, random);
        }
        return left.removeLast();
    }

    /** So many different elements; all of them where there are no more. */
    List<T> draw(int count) {
        var drawn = new ArrayList<T>();
        while (drawn.size() < Math.min(count, all.size())) {
            T next = draw();
            if (!drawn.contains(next)) {
                drawn.add(next);
            }
        }
        return drawn;
    }
}
