package io.perpetua.domain.strategy;

/**
 * Where something was said.
 *
 * @param turn the turn's number
 * @param ordinal which of the things of its kind in the turn, from 0
 */
public record Place(int turn, int ordinal) {}
