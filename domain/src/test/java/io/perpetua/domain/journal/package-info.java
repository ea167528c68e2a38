@NullMarked
package io.perpetua.domain.journal;

import org.jspecify.annotations.NullMarked;
