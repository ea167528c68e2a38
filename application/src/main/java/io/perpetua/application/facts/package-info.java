/** The structured memory beside the turns: facts kept, found, and sent where they bear on a message. */
@NullMarked
package io.perpetua.application.facts;

import org.jspecify.annotations.NullMarked;
