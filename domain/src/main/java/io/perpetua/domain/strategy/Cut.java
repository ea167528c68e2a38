package io.perpetua.domain.strategy;

/**
 * A stretch of a turn's text that is not shown again.
 *
 * @param start where it begins, in chars from 0
 * @param end where it ends, exclusive
 * @param mark what is shown in its place, may be empty
 */
public record Cut(int start, int end, String mark) {}
