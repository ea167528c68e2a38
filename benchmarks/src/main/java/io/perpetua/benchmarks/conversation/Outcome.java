package io.perpetua.benchmarks.conversation;

import io.perpetua.domain.context.TokenReport;

/**
 * What came of one closing question.
 *
 * @param required what was asked for
 * @param inContext whether the value that holds was in the managed context beside the question
 * @param withoutRecall whether it would have been, had nothing been recalled
 * @param inLastTurns whether it is in the last turns that cost as much
 * @param managed the answer from the managed context
 * @param full the answer from the whole conversation
 * @param likeness of the two
 * @param again of two answers from the whole conversation
 * @param tokens of the managed context
 */
record Outcome(
        Required required,
        boolean inContext,
        boolean withoutRecall,
        boolean inLastTurns,
        String managed,
        String full,
        Likeness likeness,
        Likeness again,
        TokenReport tokens) {}
