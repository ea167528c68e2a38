@NullMarked
package io.perpetua.domain.budget;

import org.jspecify.annotations.NullMarked;
