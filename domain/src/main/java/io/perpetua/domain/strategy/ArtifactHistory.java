package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/*
 * Two blocks are versions of one artifact
 *   - if they bear the same file's name; a name without folders is that of the only file so called, unless every folder
 *     may have one (index, main);
 *   - if one bears no file's name and both mainly declare the same in the same language, and no third artifact does;
 *   - if neither bears a name nor declares a main thing, and the newer declares everything that the older does.
 */
/**
 * Which block of a conversation is the latest version of each artifact, and which blocks are superseded. Immutable; holds
 * places and hashes, no text.
 */
public final class ArtifactHistory implements Digest<ArtifactHistory> {

    public static final ArtifactHistory EMPTY = new ArtifactHistory(List.of(), Map.of(), Map.of(), List.of());

    /** Unnamed artifacts that a new one is compared with. */
    private static final int COMPARED = 32;

    /** Stands for a name that more than one artifact has. */
    private static final int AMBIGUOUS = -1;

    private final List<Version> versions;
    private final Map<Place, Integer> artifacts;
    private final Map<Long, Integer> called;
    private final List<Integer> unnamed;

    private ArtifactHistory(
            List<Version> versions, Map<Place, Integer> artifacts, Map<Long, Integer> called, List<Integer> unnamed) {
        this.versions = versions;
        this.artifacts = artifacts;
        this.called = called;
        this.unnamed = unnamed;
    }

    @Override
    public ArtifactHistory after(Iterable<Turn> turns) {
        Writer writer = null;
        for (Turn turn : turns) {
            for (Artifact artifact : Artifacts.in(turn.message())) {
                writer = writer == null ? new Writer(this) : writer;
                writer.add(turn.number(), artifact);
            }
        }
        return writer == null ? this : writer.history();
    }

    @Override
    public int weight() {
        return artifacts.size();
    }

    /** Where the latest version of what stands at {@code place} is, or null if it is that itself, or nothing. */
    public @Nullable Place supersededAt(Place place) {
        Integer id = artifacts.get(place);
        Version version = id == null ? null : versions.get(id);
        return version == null || version.places().contains(place) ? null : version.latest();
    }

    /**
     * The latest version of each artifact as the places of its whole and of the changes to it: those that {@code message}
     * mentions first, of equal ones that which changed last. Without those that were changed too often to follow.
     */
    public List<List<Place>> latest(String message) {
        var asked = Hashes.words(message);
        ToIntFunction<Version> mentioned = version ->
                (int) version.words().stream().filter(asked::contains).count();
        return versions.stream()
                .filter(version -> !version.scattered())
                .sorted(Comparator.comparingInt(mentioned)
                        .thenComparingInt(version -> version.latest().turn())
                        .thenComparingInt(version -> version.latest().ordinal())
                        .reversed())
                .map(Version::places)
                .toList();
    }

    /** Reads on from a history. Not safe for concurrent use. */
    private static final class Writer {

        private final List<Version> versions;
        private final Map<Place, Integer> artifacts;
        private final Map<Long, Integer> called;
        private final Deque<Integer> unnamed;

        Writer(ArtifactHistory before) {
            versions = new ArrayList<>(before.versions);
            artifacts = new HashMap<>(before.artifacts);
            called = new HashMap<>(before.called);
            unnamed = new ArrayDeque<>(before.unnamed);
        }

        ArtifactHistory history() {
            return new ArtifactHistory(versions, artifacts, called, new ArrayList<>(unnamed));
        }

        void add(int turn, Artifact artifact) {
            Integer known = find(artifact);
            int id = known == null ? versions.size() : known;
            if (known == null) {
                versions.add(Version.of(turn, artifact));
            } else {
                versions.set(id, versions.get(id).followedBy(turn, artifact));
            }
            artifacts.put(new Place(turn, artifact.ordinal()), id);
            if (artifact.file() != null) {
                call(file(artifact.file()), id);
                callUnlessTaken(base(artifact.file()), id);
            }
            if (artifact.declared() != null) {
                callUnlessTaken(declared(artifact), id);
            }
            if (known == null && artifact.file() == null && artifact.declared() == null) {
                unnamed.addFirst(id);
                if (unnamed.size() > COMPARED) {
                    unnamed.removeLast();
                }
            }
        }

        private @Nullable Integer find(Artifact artifact) {
            if (artifact.file() != null) {
                Integer same = called.get(file(artifact.file()));
                return same != null ? same : bySimilarName(artifact, artifact.file());
            }
            return artifact.declared() != null ? only(declared(artifact)) : byNames(artifact);
        }

        /** The only file of that name where one of the two is called without its folders, or what has no file's name yet. */
        private @Nullable Integer bySimilarName(Artifact artifact, String file) {
            String base = FileNames.base(file);
            Integer other = FileNames.common(file) ? null : only(base(file));
            if (other != null && (base.equals(file) || versions.get(other).file() == Hashes.of(base))) {
                return other;
            }
            Integer declaring = artifact.declared() == null ? null : only(declared(artifact));
            return declaring != null && versions.get(declaring).file() == 0 ? declaring : null;
        }

        private @Nullable Integer byNames(Artifact artifact) {
            var names = Hashes.of(artifact.names());
            long family = Hashes.of(artifact.family());
            for (Integer id : unnamed) {
                var version = versions.get(id);
                if (version.family() == family && names.containsAll(version.names())) {
                    return id;
                }
            }
            return null;
        }

        private @Nullable Integer only(long name) {
            Integer id = called.get(name);
            return id == null || id == AMBIGUOUS ? null : id;
        }

        private void call(long name, int id) {
            called.put(name, id);
        }

        private void callUnlessTaken(long name, int id) {
            called.merge(name, id, (before, now) -> before.equals(now) ? before : Integer.valueOf(AMBIGUOUS));
        }

        private static long file(String file) {
            return Hashes.of("file " + file);
        }

        private static long base(String file) {
            return Hashes.of("base " + FileNames.base(file));
        }

        private static long declared(Artifact artifact) {
            return Hashes.of("declares " + artifact.family() + " " + artifact.declared());
        }
    }
}
