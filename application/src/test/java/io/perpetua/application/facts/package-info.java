/** Tests of the facts, the contract of their port, and the fake that keeps it. */
@NullMarked
package io.perpetua.application.facts;

import org.jspecify.annotations.NullMarked;
