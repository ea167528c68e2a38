package io.perpetua.adapters.metrics;

/** Figures that are looked up when they are asked for. Safe for concurrent use. */
interface Scraped {

    /** Brings them up to date. */
    void refresh();
}
