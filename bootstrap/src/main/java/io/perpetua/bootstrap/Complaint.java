package io.perpetua.bootstrap;

/** Something that the user can mend, said in a sentence for people. */
public final class Complaint extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Complaint(String message) {
        super(message);
    }
}
