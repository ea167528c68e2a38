@NullMarked
package io.perpetua.domain.admission;

import org.jspecify.annotations.NullMarked;
