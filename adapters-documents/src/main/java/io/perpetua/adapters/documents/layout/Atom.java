package io.perpetua.adapters.documents.layout;

/** What a column is made of. */
sealed interface Atom {

    Rect bounds();

    /** How many lines of text it is as high as. */
    double lines();

    /** A line, or a part of one. */
    record Text(Segment segment) implements Atom {

        @Override
        public Rect bounds() {
            return segment.bounds();
        }

        @Override
        public double lines() {
            return 1;
        }
    }

    /** A region that was found before. */
    record Whole(Region region) implements Atom {

        private static final double LINE = 12;

        @Override
        public Rect bounds() {
            return region.bounds();
        }

        @Override
        public double lines() {
            return Math.max(1, bounds().height() / LINE);
        }
    }
}
