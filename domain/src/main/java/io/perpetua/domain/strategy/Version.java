package io.perpetua.domain.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The latest version of an artifact: one block that shows it whole, and those after it that change parts of it. What it
 * is called is kept as hashes, which are enough to tell it from others.
 *
 * @param places the whole, then the changes, in the order of time, at least one
 * @param code how many characters of code the whole has
 * @param file hash of its file's name, 0 where it has none
 * @param family hash of its language's family
 * @param declared hash of what it mainly declares, 0 where nothing stands out
 * @param names hashes of all it declares
 * @param words hashes of the words it is called by
 * @param scattered whether more changes were made than are worth following
 */
record Version(
        List<Place> places,
        int code,
        long file,
        long family,
        long declared,
        Set<Long> names,
        Set<Long> words,
        boolean scattered) {

    private static final int MOST_CHANGES = 12;

    Version {
        places = List.copyOf(places);
        names = Set.copyOf(names);
        words = Set.copyOf(words);
    }

    static Version of(int turn, Artifact artifact) {
        return new Version(
                List.of(new Place(turn, artifact.ordinal())),
                artifact.code(),
                artifact.file() == null ? 0 : Hashes.of(artifact.file()),
                Hashes.of(artifact.family()),
                artifact.declared() == null ? 0 : Hashes.of(artifact.declared()),
                Hashes.of(artifact.names()),
                Hashes.words(artifact.label()),
                false);
    }

    Place whole() {
        return places.getFirst();
    }

    Place latest() {
        return places.getLast();
    }

    /** What follows when {@code artifact} is said to be it: a newer version, or this one with a change. */
    Version followedBy(int turn, Artifact artifact) {
        var next = of(turn, artifact);
        return replacedBy(artifact, next) ? next.called(this) : changedBy(next.whole());
    }

    /*
     * A block replaces the whole if it is whole: it leaves nothing out, and either declares the same main thing or is not
     * much shorter. One that only the words before it assign to a file must be half as long, for "in Header.tsx" may be
     * said of a few lines; one that names the file itself a quarter.
     */
    private boolean replacedBy(Artifact artifact, Version next) {
        if (artifact.partial()) {
            return false;
        }
        boolean written = artifact.certain() && !artifact.inText();
        boolean same = next.declared != 0 && next.declared == declared && (artifact.certain() || file == 0);
        return written || same || next.code >= code / (artifact.certain() ? 4 : 2);
    }

    private Version called(Version before) {
        return new Version(
                places,
                code,
                file == 0 ? before.file : file,
                family,
                declared == 0 ? before.declared : declared,
                names,
                file == 0 ? before.words : words,
                false);
    }

    private Version changedBy(Place change) {
        var all = new ArrayList<>(places);
        all.add(change);
        boolean tooMany = all.size() > MOST_CHANGES + 1;
        if (tooMany) {
            all.remove(1);
        }
        return new Version(all, code, file, family, declared, names, words, scattered || tooMany);
    }
}
