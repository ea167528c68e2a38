package io.perpetua.domain.commands;

/** What is at a path, with every link followed. */
public enum Place {
    FILE,
    FOLDER,
    /** A device, a pipe, a socket. */
    OTHER,
    /** Nothing, but it would be in the workspace. */
    MISSING,
    /** Not in the workspace, be there what may. */
    OUTSIDE
}
