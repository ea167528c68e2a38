/** What a brief keeps. */
@NullMarked
package io.perpetua.domain.brief;

import org.jspecify.annotations.NullMarked;
