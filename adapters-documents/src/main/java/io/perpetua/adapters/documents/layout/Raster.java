package io.perpetua.adapters.documents.layout;

import java.util.ArrayDeque;
import java.util.Arrays;

/** A page as coarse cells, of which some are painted. */
final class Raster {

    private final int width;
    private final int height;
    private final boolean[] painted;

    Raster(int width, int height) {
        this.width = width;
        this.height = height;
        this.painted = new boolean[width * height];
    }

    /** Paints what {@code bounds} covers, one cell at least. */
    void paint(Rect bounds, double cell) {
        for (int y = row(bounds.top(), cell); y <= row(bounds.bottom(), cell); y++) {
            for (int x = column(bounds.left(), cell); x <= column(bounds.right(), cell); x++) {
                painted[y * width + x] = true;
            }
        }
    }

    private int column(double at, double cell) {
        return Math.clamp((long) (at / cell), 0, width - 1);
    }

    private int row(double at, double cell) {
        return Math.clamp((long) (at / cell), 0, height - 1);
    }

    /** The cluster of the upper left cell of {@code bounds}, which was painted. */
    int at(int[] clusters, Rect bounds, double cell) {
        return clusters[row(bounds.top(), cell) * width + column(bounds.left(), cell)];
    }

    /** A number from 0 for every painted cell, the same where cells are no more than {@code apart} from each other. */
    int[] clusters(int apart) {
        int[] clusters = new int[painted.length];
        Arrays.fill(clusters, -1);
        int next = 0;
        var queue = new ArrayDeque<Integer>();
        for (int start = 0; start < painted.length; start++) {
            if (!painted[start] || clusters[start] >= 0) {
                continue;
            }
            clusters[start] = next;
            queue.add(start);
            while (!queue.isEmpty()) {
                int at = queue.remove();
                for (int y = Math.max(0, at / width - apart); y <= Math.min(height - 1, at / width + apart); y++) {
                    for (int x = Math.max(0, at % width - apart); x <= Math.min(width - 1, at % width + apart); x++) {
                        int cell = y * width + x;
                        if (painted[cell] && clusters[cell] < 0) {
                            clusters[cell] = next;
                            queue.add(cell);
                        }
                    }
                }
            }
            next++;
        }
        return clusters;
    }
}
