package io.perpetua.adapters.vectordb.qdrant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * The mean of a path's vectors changes slowly: it is fetched anew when the path has an eighth more vectors than it was
 * made of, from at most a thousand of them. Those come in the order of their ids, which are digests, so they are drawn as
 * if by lot, and the same ones wherever they are drawn.
 */
/** The mean vectors of the paths searched last. Safe for concurrent use. */
final class Means {

    private static final int GROWTH = 8;

    /** Paths that are kept: some megabytes. */
    private static final int MOST = 2_000;

    private static final class Mean {
        final float[] vector;
        final int vectors;

        Mean(float[] vector, int vectors) {
            this.vector = vector;
            this.vectors = vectors;
        }
    }

    private final Map<List<Stretches.Part>, Mean> means = new LinkedHashMap<>(16, 0.75f, true);

    /** The mean of a path's vectors, null when it is to be {@link #keep made} anew. */
    synchronized float @Nullable [] of(List<Stretches.Part> path) {
        var mean = means.get(whole(path));
        return mean == null ? null : mean.vector;
    }

    /** Keeps the mean of a path, on which that many turns have vectors. */
    synchronized void keep(List<Stretches.Part> path, float[] mean, int turns) {
        means.put(whole(path), new Mean(mean, turns));
        if (means.size() > MOST) {
            means.remove(means.keySet().iterator().next());
        }
    }

    /** Tells how many turns of a path have vectors: if many more than when its mean was made, that is given up. */
    synchronized void seen(List<Stretches.Part> path, int turns) {
        var mean = means.get(whole(path));
        if (mean != null && Math.abs(turns - mean.vectors) * GROWTH > mean.vectors) {
            means.remove(whole(path));
        }
    }

    /** A path's last part grows; that does not make it another. */
    private static List<Stretches.Part> whole(List<Stretches.Part> path) {
        var parts = new ArrayList<>(path);
        var last = parts.removeLast();
        parts.add(new Stretches.Part(last.key(), last.first(), Integer.MAX_VALUE));
        return parts;
    }
}
