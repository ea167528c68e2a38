package io.perpetua.adapters.documents;

import io.perpetua.application.vision.DocumentFailure;

/**
 * What reading one page, or opening a document, may cost. Whoever does something that a document could make long or large
 * asks it first. It belongs to the thread that {@link #within} is called on.
 */
public final class Effort {

    private static final ThreadLocal<Effort> CURRENT = new ThreadLocal<>();

    private final DocumentLimits limits;
    private final int page;
    private final long deadline;
    private long unpacked;

    private Effort(DocumentLimits limits, int page) {
        this.limits = limits;
        this.page = page;
        this.deadline = System.nanoTime() + limits.pageTime().toNanos();
    }

    /** Something that takes effort. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Does {@code work} within {@code limits}.
     *
     * @param page that it is about, 0 for the whole document
     * @throws DocumentFailure from within the work, where it comes to more
     */
    public static <T, E extends Exception> T within(DocumentLimits limits, int page, Work<T, E> work) throws E {
        var before = CURRENT.get();
        CURRENT.set(new Effort(limits, page));
        try {
            return work.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** Goes on only while there is time left; does nothing where nothing is limited. */
    public static void checkTime() {
        var effort = CURRENT.get();
        if (effort != null) {
            if (System.nanoTime() - effort.deadline > 0) {
                throw Failures.pageTooSlow(effort.page);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw Failures.interrupted();
            }
        }
    }

    /** Counts {@code bytes} that something was unpacked to. */
    public static void unpacked(long bytes) {
        var effort = CURRENT.get();
        if (effort != null) {
            effort.unpacked += bytes;
            if (effort.unpacked > effort.limits.unpacked()) {
                throw Failures.pageTooLarge(
                        effort.page,
                        "what is compressed for it comes to more than " + effort.limits.unpacked() + " bytes");
            }
            checkTime();
        }
    }

    /** Says that there is more on the page than is read of one. */
    public static DocumentFailure tooMuch(String what) {
        var effort = CURRENT.get();
        return Failures.pageTooLarge(effort == null ? 0 : effort.page, what);
    }

    /** Refuses a picture of more pixels than are allowed, before it is decoded. */
    public static void pixels(long width, long height) {
        var effort = CURRENT.get();
        if (effort != null
                && (width > Integer.MAX_VALUE
                        || height > Integer.MAX_VALUE
                        || width * height > effort.limits.pixels())) {
            throw Failures.pageTooLarge(
                    effort.page,
                    "a picture of " + width + "x" + height + " is larger than the " + effort.limits.pixels()
                            + " pixels allowed");
        }
    }
}
