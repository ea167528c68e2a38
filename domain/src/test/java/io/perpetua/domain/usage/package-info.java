@NullMarked
package io.perpetua.domain.usage;

import org.jspecify.annotations.NullMarked;
