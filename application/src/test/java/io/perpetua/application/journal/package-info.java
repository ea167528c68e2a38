@NullMarked
package io.perpetua.application.journal;

import org.jspecify.annotations.NullMarked;
