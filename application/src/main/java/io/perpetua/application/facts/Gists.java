package io.perpetua.application.facts;

import java.util.ArrayList;
import java.util.List;

/** Takes gists for as long as there is room for their texts. Not safe for concurrent use. */
public final class Gists {

    private final List<Gist> taken = new ArrayList<>();
    private long room;

    /** With room for so many characters. */
    public Gists(long characters) {
        room = characters;
    }

    /** Takes {@code gist} if there is room for it, the first in any case. Returns whether it was taken. */
    public boolean add(Gist gist) {
        room -= gist.text().length();
        boolean fits = room >= 0 || taken.isEmpty();
        if (fits) {
            taken.add(gist);
        }
        return fits;
    }

    public int size() {
        return taken.size();
    }

    /** Those that were taken, in their order. */
    public List<Gist> taken() {
        return List.copyOf(taken);
    }
}
