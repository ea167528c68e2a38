/** What is done while the store that all instances share does not answer: turns are kept here, and written when it is back. */
@NullMarked
package io.perpetua.application.spool;

import org.jspecify.annotations.NullMarked;
