package io.perpetua.benchmarks.load;

/** A request's priority and what came of it. */
record Said(Priority priority, Reply reply) {}
