package io.perpetua.adapters.two.breach;

/** In a package that does not say what may be null. */
public final class Other {}
