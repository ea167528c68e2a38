package io.perpetua.application.transfer;

/** Is told how far a long piece of work is. */
public interface Progress {

    /**
     * So many turns, or pages of documents, are done.
     *
     * @param done since it began
     * @param total of how many, 0 where nobody knows
     */
    void done(long done, long total);
}
